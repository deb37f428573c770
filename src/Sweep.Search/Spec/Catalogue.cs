using Sweep.Search.Pruners;
using Sweep.Search.Samplers;
using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>What a sweep file may name: it is validated against this, and filled by whoever runs the trials.</summary>
/// <param name="Optimizers">Selector <c>optimizer</c>, prefix <c>optimizer.</c>.</param>
/// <param name="Schedules">Selector <c>schedule</c>, prefix <c>schedule.</c>.</param>
/// <param name="Models">Selector <c>task.model</c>, prefix <c>task.</c>: the settings that belong to certain models only.</param>
/// <param name="LearningRate">The setting <c>lr</c>; null when trials have none.</param>
/// <param name="Task">Settings of every task but <c>model</c>: <c>dataset</c>, <c>epochs</c> (an integer, with a default or required), <c>batch_size</c> …</param>
/// <param name="Metrics">What an objective may be, and the goal it has when none is given.</param>
public sealed record Catalogue(
    CatalogueFamily Optimizers,
    CatalogueFamily Schedules,
    CatalogueFamily Models,
    Setting? LearningRate,
    IReadOnlyList<Setting> Task,
    IReadOnlyDictionary<string, ObjectiveGoal> Metrics)
{
    /// <summary>Optimizers and schedules that do not go together; a sweep in which such a pair can be drawn is an error.</summary>
    public IReadOnlyList<CatalogueConflict> Conflicts { get; init; } = [];

    /// <summary>Settings that have names of their own, in no section: what a built-in function reads. A required one is required where <see cref="DefaultSpace"/> has it.</summary>
    public IReadOnlyList<Setting> Own { get; init; } = [];

    /// <summary>What varies when the section <c>parameters</c> is left out; null when it may not be.</summary>
    public Space? DefaultSpace { get; init; }

    /// <summary>What <c>search.sampler</c> may be.</summary>
    public IReadOnlyList<Component<SamplerOptions>> Samplers { get; init; } = SamplerRegistry.All;

    /// <summary>Which pruners that compare trials <c>search.pruner</c> may have.</summary>
    public IReadOnlyList<Component<PrunerOptions>> Pruners { get; init; } = PrunerRegistry.All;
}
