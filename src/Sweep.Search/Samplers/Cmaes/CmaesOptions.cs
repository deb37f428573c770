using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Cmaes;

/// <summary><c>sampler: cmaes</c>: the covariance matrix adaptation evolution strategy, for one objective and mostly numbers.</summary>
public sealed record CmaesOptions : SamplerOptions
{
    private static readonly CmaesOptions Default = new();

    /// <summary>What a sweep file can name.</summary>
    public static Component<SamplerOptions> Component { get; } = new(
        "cmaes",
        "the covariance matrix adaptation evolution strategy",
        [
            Setting.Whole("population", Default.Population, 3, "λ, at first 4 + ⌊3 ln d⌋"),
            Setting.Gamma("sigma", Default.Sigma, "σ₀, of each range on its scale"),
            Setting.Flag("restarts", Default.Restarts, "restarts with twice the population after convergence"),
        ],
        values => new CmaesOptions
        {
            Population = (int?)values.IntegerOrNull("population"),
            Sigma = values.Number("sigma"),
            Restarts = values.Boolean("restarts"),
        });

    /// <summary><c>population</c>: λ, the results of a generation. At least 3; by default 4 + ⌊3 ln d⌋ for d unconditional numeric parameters.</summary>
    public int? Population { get; init; }

    /// <summary><c>sigma</c>: σ₀ as a share of each parameter's range, on its scale. Above 0, at most 1; default 1/6.</summary>
    public double Sigma { get; init; } = 1.0 / 6;

    /// <summary><c>restarts</c>: whether a search that has converged begins anew elsewhere, with twice the population. Default true.</summary>
    public bool Restarts { get; init; } = true;

    /// <inheritdoc/>
    public override string Name => Component.Name;

    /// <inheritdoc/>
    public override bool TakesSeveralObjectives => false;

    /// <inheritdoc/>
    public override ISampler Create(Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null) => new CmaesSampler(this, space, goals[0], seed, rule);
}
