namespace Sweep.Search.Spec;

/// <summary><c>sampler: bohb</c>: the kernel density model of BOHB, for one objective; its brackets are the pruner <c>hyperband</c>.</summary>
public sealed record BohbSpec : SamplerSpec
{
    /// <summary><c>random_fraction</c>: ρ, the share of trials drawn at random. From 0 to 1, default 1/3.</summary>
    public double RandomFraction { get; init; } = 1.0 / 3;

    /// <summary><c>top</c>: the share of trials that are good (q in the paper). Above 0, below 1; default 0.15.</summary>
    public double Top { get; init; } = 0.15;

    /// <summary><c>candidates</c>: N_s, of which the best is taken. At least 1, default 64.</summary>
    public int Candidates { get; init; } = 64;

    /// <summary><c>bandwidth_factor</c>: b_w, what the bandwidth is multiplied by when candidates are drawn. Positive, default 3.</summary>
    public double BandwidthFactor { get; init; } = 3;

    /// <summary><c>min_bandwidth</c>: of ranges of length 1. Positive, default 0.05: with the paper's 0.001 the good trials contract to a point before they reach the minimum.</summary>
    public double MinBandwidth { get; init; } = 0.05;

    /// <summary><c>min_points</c>: N_min, for the good and for the bad model each. At least 2; by default the number of parameters + 1.</summary>
    public int? MinPoints { get; init; }
}
