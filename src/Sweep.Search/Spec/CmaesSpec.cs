namespace Sweep.Search.Spec;

/// <summary><c>sampler: cmaes</c>: the covariance matrix adaptation evolution strategy, for one objective and mostly numbers.</summary>
public sealed record CmaesSpec : SamplerSpec
{
    /// <summary><c>population</c>: λ, the results of a generation. At least 3; by default 4 + ⌊3 ln d⌋ for d unconditional numeric parameters.</summary>
    public int? Population { get; init; }

    /// <summary><c>sigma</c>: σ₀ as a share of each parameter's range, on its scale. Above 0, at most 1; default 1/6.</summary>
    public double Sigma { get; init; } = 1.0 / 6;

    /// <summary><c>restarts</c>: whether a search that has converged begins anew elsewhere, with twice the population. Default true.</summary>
    public bool Restarts { get; init; } = true;
}
