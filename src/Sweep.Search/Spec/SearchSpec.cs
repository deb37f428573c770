using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Rules;
using Sweep.Search.Samplers;
using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>The search section, and what else the search depends on.</summary>
/// <param name="Trials">How many trials there are in all; with <c>duplicates: skip</c> never more than a finite space has points.</param>
/// <param name="Seed">From 0 on, 63 bits.</param>
/// <param name="Pruner">Null: every trial is trained to the full.</param>
public sealed record SearchSpec(SamplerOptions Sampler, int Trials, long Seed, PrunerOptions? Pruner)
{
    /// <summary>The default of <see cref="Parallel"/>.</summary>
    public const int DefaultParallel = 8;

    /// <summary>Trials asked for later, how many each time; <see cref="Trials"/> has them counted.</summary>
    public IReadOnlyList<int> Extensions { get; init; } = [];

    /// <summary><c>search.parallel</c>: P, the workers of the virtual run. It is part of the answer.</summary>
    public int Parallel { get; init; } = DefaultParallel;

    /// <summary><c>order</c>, a key of its own at the top of the file.</summary>
    public SearchOrder Order { get; init; }

    /// <summary>The pruners that look at their own trial only.</summary>
    public OwnRulesSpec Rules { get; init; } = OwnRulesSpec.None;

    /// <summary><c>budget</c>: limits of the whole sweep.</summary>
    public BudgetSpec Budget { get; init; } = BudgetSpec.None;

    /// <summary><c>enqueue</c>: the first trials, before any that the sampler proposes; each is a point of the space.</summary>
    public IReadOnlyList<Configuration> Enqueue { get; init; } = [];

    /// <summary><c>duplicates</c>, with what an earlier sweep tried.</summary>
    public DuplicateRule Duplicates { get; init; } = DuplicateRule.Skip;

    /// <summary><c>warm_start</c>: the best of an earlier sweep come first, after those of <see cref="Enqueue"/>; null for none, and once they are among them.</summary>
    public WarmStartSpec? WarmStart { get; init; }

    /// <summary>Whether suggestions depend on results.</summary>
    public bool SamplerLearns => Sampler.Learns;

    /// <summary>
    /// Whether the search is a virtual run on <see cref="Parallel"/> workers. Otherwise results may be taken in as they come: either nothing
    /// depends on their order, or that is what <see cref="Order"/> asks for.
    /// </summary>
    public bool IsVirtual =>
        Order == SearchOrder.Deterministic && (SamplerLearns || Pruner?.WaitsForFullRungs == false || Budget.DependsOnResults);

    /// <summary>How many configurations can be in training at once; null when there is no such limit.</summary>
    public int? UsableWorkers => IsVirtual ? Parallel : null;
}
