namespace Sweep.Search.Spec;

/// <summary><c>sampler: gp</c>: Bayesian optimization with a Gaussian process, for one objective.</summary>
public sealed record GpSpec : SamplerSpec
{
    /// <summary><c>startup_trials</c>: so many trials with a result before the model is used; until then points are those of a Sobol sequence. At least 2, default 10.</summary>
    public int StartupTrials { get; init; } = 10;

    /// <summary><c>candidates</c>: quasi-random points at which the search for the largest expected improvement begins. At least 1, default 256.</summary>
    public int Candidates { get; init; } = 256;
}
