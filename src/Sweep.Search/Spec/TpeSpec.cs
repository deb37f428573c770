namespace Sweep.Search.Spec;

/// <summary><c>sampler: tpe</c>: the tree-structured Parzen estimator.</summary>
public sealed record TpeSpec : SamplerSpec
{
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
}
