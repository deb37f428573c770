namespace Sweep.Search.Spec;

/// <summary><c>sampler: nsga2</c>: the elitist genetic algorithm for several objectives.</summary>
public sealed record Nsga2Spec : SamplerSpec
{
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
}
