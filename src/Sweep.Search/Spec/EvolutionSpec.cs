namespace Sweep.Search.Spec;

/// <summary><c>sampler: evolution</c>: regularized evolution, for one objective.</summary>
public sealed record EvolutionSpec : SamplerSpec
{
    /// <summary><c>population</c>: P, the trials that may be parents: the newest with a result. At least 2, default 20 (100 in the paper, for thousands of trials).</summary>
    public int Population { get; init; } = 20;

    /// <summary><c>sample_size</c>: S, drawn from the population; the best of them is the parent. From 1 to <see cref="Population"/>, default 5.</summary>
    public int SampleSize { get; init; } = 5;

    /// <summary><c>mutation</c>: the deviation of a number's change, as a share of its range on its scale. Above 0, at most 1; default 0.2.</summary>
    public double Mutation { get; init; } = 0.2;
}
