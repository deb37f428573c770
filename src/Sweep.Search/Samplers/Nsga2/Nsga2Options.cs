using Sweep.Search.Settings;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Nsga2;

/// <summary><c>sampler: nsga2</c>: the elitist genetic algorithm for several objectives.</summary>
public sealed record Nsga2Options : SamplerOptions
{
    private static readonly Nsga2Options Default = new();

    /// <summary>What a sweep file can name.</summary>
    public static Component<SamplerOptions> Component { get; } = new(
        "nsga2",
        "the elitist genetic algorithm for several objectives",
        [
            Setting.Whole("population", Default.Population, 2, "parents"),
            Setting.Factor("crossover", Default.Crossover, "probability that a child has two parents"),
            Setting.Factor("mutation", 0, "probability for a parameter: 1 divided by their number") with { Default = Default.Mutation },
            Setting.Range("crossover_eta", Default.CrossoverEta, 0, double.PositiveInfinity, "larger values give children nearer to their parents"),
            Setting.Range("mutation_eta", Default.MutationEta, 0, double.PositiveInfinity, "larger values give smaller changes"),
        ],
        values => new Nsga2Options
        {
            Population = (int)values.Integer("population"),
            Crossover = values.Number("crossover"),
            Mutation = values.NumberOrNull("mutation"),
            CrossoverEta = values.Number("crossover_eta"),
            MutationEta = values.Number("mutation_eta"),
        });

    /// <summary><c>population</c>: N. At least 2, default 50.</summary>
    public int Population { get; init; } = 50;

    /// <summary><c>crossover</c>: the probability that a child has two parents (p_c in the paper). From 0 to 1, default 0.9.</summary>
    public double Crossover { get; init; } = 0.9;

    /// <summary><c>mutation</c>: the probability that a parameter changes (p_m). From 0 to 1; by default 1 over the number of parameters.</summary>
    public double? Mutation { get; init; }

    /// <summary><c>crossover_eta</c>: η_c, how near to its parents a child's number is. At least 0, default 20.</summary>
    public double CrossoverEta { get; init; } = 20;

    /// <summary><c>mutation_eta</c>: η_m, how small a number's change is. At least 0, default 20.</summary>
    public double MutationEta { get; init; } = 20;

    /// <inheritdoc/>
    public override string Name => Component.Name;

    /// <inheritdoc/>
    public override ISampler Create(Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null) => new Nsga2Sampler(this, space, goals, seed, rule);
}
