using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Evolution;

/// <summary><c>sampler: evolution</c>: regularized evolution, for one objective.</summary>
public sealed record EvolutionOptions : SamplerOptions
{
    private static readonly EvolutionOptions Default = new();

    /// <summary>What a sweep file can name.</summary>
    public static Component<SamplerOptions> Component { get; } = new(
        "evolution",
        "regularized evolution",
        [
            Setting.Whole("population", Default.Population, 2, "the newest trials, from which parents are drawn"),
            Setting.Whole("sample_size", Default.SampleSize, 1, "drawn for a tournament") with { AtMost = "population" },
            Setting.Gamma("mutation", Default.Mutation, "standard deviation of a number's change, relative to its range"),
        ],
        values => new EvolutionOptions
        {
            Population = (int)values.Integer("population"),
            SampleSize = (int)Math.Min(values.Integer("sample_size"), values.Integer("population")),
            Mutation = values.Number("mutation"),
        });

    /// <summary><c>population</c>: P, the trials that may be parents: the newest with a result. At least 2, default 20 (100 in the paper, for thousands of trials).</summary>
    public int Population { get; init; } = 20;

    /// <summary><c>sample_size</c>: S, drawn from the population; the best of them is the parent. From 1 to <see cref="Population"/>, default 5.</summary>
    public int SampleSize { get; init; } = 5;

    /// <summary><c>mutation</c>: the deviation of a number's change, as a share of its range on its scale. Above 0, at most 1; default 0.2.</summary>
    public double Mutation { get; init; } = 0.2;

    /// <inheritdoc/>
    public override string Name => Component.Name;

    /// <inheritdoc/>
    public override bool TakesSeveralObjectives => false;

    /// <inheritdoc/>
    public override ISampler Create(Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null) => new EvolutionSampler(this, space, goals[0], seed, rule);
}
