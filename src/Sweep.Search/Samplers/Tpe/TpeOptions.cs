using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Tpe;

/// <summary><c>sampler: tpe</c>: the tree-structured Parzen estimator.</summary>
public sealed record TpeOptions : SamplerOptions
{
    private static readonly TpeOptions Default = new();

    /// <summary>What a sweep file can name.</summary>
    public static Component<SamplerOptions> Component { get; } = new(
        "tpe",
        "the tree-structured Parzen estimator",
        [
            Setting.Whole("startup_trials", Default.StartupTrials, 1, "random trials with a result before the model is used"),
            Setting.Whole("candidates", Default.Candidates, 1, "drawn from the good trials' density; the best is taken"),
            Setting.Length("prior_weight", Default.PriorWeight, "weight of the prior relative to a trial"),
            Setting.Flag("magic_clip", Default.MagicClip, "no kernel is narrower than the range over min(100, 1 + kernels)"),
            Setting.Flag("multivariate", Default.Multivariate, "parameters that are always active are modelled together"),
            Setting.Flag("group", Default.Group, "also those that are active under the same conditions; requires `multivariate`"),
            Setting.Choice("bandwidth", ["neighbours", "scott"], "each kernel as wide as the larger distance to its neighbours; `scott`: all 0.2 n^(−1/(d + 4)) of the range"),
            Setting.Flag("constant_liar", Default.ConstantLiar, "pending trials count as bad, so that parallel trials differ"),
        ],
        values => new TpeOptions
        {
            StartupTrials = (int)values.Integer("startup_trials"),
            Candidates = (int)values.Integer("candidates"),
            PriorWeight = values.Number("prior_weight"),
            MagicClip = values.Boolean("magic_clip"),
            Multivariate = values.Boolean("multivariate"),
            Group = values.Boolean(values.IsGiven("group") ? "group" : "multivariate"),
            Bandwidth = values.Text("bandwidth") == "scott" ? TpeBandwidth.Scott : TpeBandwidth.Neighbours,
            ConstantLiar = values.Boolean("constant_liar"),
        })
    {
        FindError = values => values.IsGiven("group") && values.Boolean("group") && !values.Boolean("multivariate") ? new SettingError("group", "needs multivariate: true") : null,
    };

    /// <summary><c>startup_trials</c>: so many trials with a result before the model is used; until then draws are random. At least 1, default 10.</summary>
    public int StartupTrials { get; init; } = 10;

    /// <summary><c>candidates</c>: drawn from the good trials' density, of which the best is taken (n_EI in the paper). At least 1, default 24.</summary>
    public int Candidates { get; init; } = 24;

    /// <summary><c>prior_weight</c>: what the prior counts for beside a trial. Positive, default 1.</summary>
    public double PriorWeight { get; init; } = 1;

    /// <summary><c>magic_clip</c>: no kernel is narrower than the range over min(100, 1 + kernels). Default true.</summary>
    public bool MagicClip { get; init; } = true;

    /// <summary><c>multivariate</c>: parameters that are always active are modelled together, instead of each by itself. Default true.</summary>
    public bool Multivariate { get; init; } = true;

    /// <summary><c>group</c>: parameters that are active under the same conditions are modelled together too. Needs <see cref="Multivariate"/>. Default true.</summary>
    public bool Group { get; init; } = true;

    /// <summary><c>bandwidth</c>: how wide kernels are. Default <c>neighbours</c>.</summary>
    public TpeBandwidth Bandwidth { get; init; }

    /// <summary><c>constant_liar</c>: pending trials count as bad ones, so that parallel trials keep apart. Default true.</summary>
    public bool ConstantLiar { get; init; } = true;

    /// <inheritdoc/>
    public override string Name => Component.Name;

    /// <inheritdoc/>
    public override ISampler Create(Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null) => new TpeSampler(this, space, goals, seed, rule);
}

/// <summary><c>bandwidth</c> of TPE: how wide the kernels over a number are.</summary>
public enum TpeBandwidth
{
    /// <summary><c>neighbours</c>: each as wide as the larger distance to its neighbours (Bergstra et al. 2011).</summary>
    Neighbours,

    /// <summary><c>scott</c>: all 0.2 n^(−1/(d + 4)) of the range, as in Optuna's joint model. It does not shrink where trials crowd.</summary>
    Scott,
}
