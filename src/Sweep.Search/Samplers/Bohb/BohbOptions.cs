using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Bohb;

/// <summary><c>sampler: bohb</c>: the kernel density model of BOHB, for one objective; its brackets are the pruner <c>hyperband</c>.</summary>
public sealed record BohbOptions : SamplerOptions
{
    private static readonly BohbOptions Default = new();

    /// <summary>What a sweep file can name.</summary>
    public static Component<SamplerOptions> Component { get; } = new(
        "bohb",
        "the kernel density model of BOHB",
        [
            Setting.Factor("random_fraction", Default.RandomFraction, "fraction of the trials drawn at random"),
            Setting.Gamma("top", Default.Top, "fraction of good trials") with { Maximum = 0.99 },
            Setting.Whole("candidates", Default.Candidates, 1, "drawn near good trials; the best is taken"),
            Setting.Length("bandwidth_factor", Default.BandwidthFactor, "widens the kernels from which candidates are drawn"),
            Setting.Length("min_bandwidth", Default.MinBandwidth, "for ranges of length 1"),
            Setting.Whole("min_points", Default.MinPoints, 2, "for each of the good and the bad model: parameters + 1"),
        ],
        values => new BohbOptions
        {
            RandomFraction = values.Number("random_fraction"),
            Top = values.Number("top"),
            Candidates = (int)values.Integer("candidates"),
            BandwidthFactor = values.Number("bandwidth_factor"),
            MinBandwidth = values.Number("min_bandwidth"),
            MinPoints = (int?)values.IntegerOrNull("min_points"),
        });

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

    /// <inheritdoc/>
    public override string Name => Component.Name;

    /// <inheritdoc/>
    public override bool TakesSeveralObjectives => false;

    /// <inheritdoc/>
    public override ISampler Create(Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null) => new BohbSampler(this, space, goals[0], seed, rule);
}
