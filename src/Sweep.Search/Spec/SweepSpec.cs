using Sweep.Search.Spaces;

namespace Sweep.Search.Spec;

/// <summary>A sweep file, validated.</summary>
/// <param name="Source">The text it was read from, as it is stored.</param>
/// <param name="File">Where that text came from.</param>
/// <param name="Objectives">At least one, each of another metric. With several, non-dominated fronts rank one after another.</param>
/// <param name="CheckpointEvery">A checkpoint every so many epochs; null for the default rule (STORE.md).</param>
public sealed record SweepSpec(
    string Name,
    string Source,
    string File,
    TaskSpec Task,
    IReadOnlyList<Objective> Objectives,
    SearchSpec Search,
    Space Space,
    int? CheckpointEvery)
{
    /// <summary>How many winners are tested when a sweep file does not say.</summary>
    public const int DefaultTestTop = 1;

    /// <summary>How many of the best Completed trials are evaluated on the test set at the sweep's end; 0 leaves it unread.</summary>
    public int TestTop { get; init; } = DefaultTestTop;

    /// <summary><c>replicates</c>: how often each configuration is trained.</summary>
    public ReplicatesSpec Replicates { get; init; } = ReplicatesSpec.One;

    /// <summary>Where and when its trials run, as it begins: later the store's row counts.</summary>
    public SweepPlacement Placement { get; init; } = new();

    /// <summary><c>numerics: same</c>: all trials compute with the numerics profile of the first silo, so that they can be compared to the last bit.</summary>
    public bool KeepsNumerics { get; init; }

    /// <summary>How many slots can be used at once; null when there is no such limit.</summary>
    public long? UsableSlots => (long?)Search.UsableWorkers * Replicates.Count;

    /// <summary>The spec with what was asked for since.</summary>
    /// <param name="more">How many trials more than the file says, each time: all that were ever asked for.</param>
    /// <exception cref="SweepException">There cannot be so many.</exception>
    public SweepSpec Extended(IReadOnlyList<int> more)
    {
        var trials = Search.Trials - Search.Extensions.Sum() + more.Sum(count => (long)count);
        if (more.Count > 0 && Search.Pruner?.WhyNotExtended is { } why)
        {
            throw new SweepException($"sweep {Name} cannot have more trials: {why}");
        }

        if (more.Count > 0 && Search.Duplicates.Configurations(Space, Search.Sampler, Search.Enqueue.Count) is { } size && size < trials)
        {
            throw new SweepException($"sweep {Name} cannot have {trials} trials: its space has {size} configurations to try");
        }

        return trials <= int.MaxValue
            ? this with { Search = Search with { Trials = (int)trials, Extensions = more } }
            : throw new SweepException($"sweep {Name} cannot have {trials} trials: at most {int.MaxValue}");
    }

    /// <summary>What <c>schedule: meta</c> stands for, and null where it is not used. Unresolved, the space has the default schedule in its place: such a spec cannot be run.</summary>
    public MetaSpec? Meta { get; init; }

    /// <summary>T: the epochs of a trial trained to the full, on which its schedule is laid out.</summary>
    public int EpochsOf(Configuration configuration) =>
        configuration.TryGet(TaskSpec.EpochsParameter, out var value) ? checked((int)value.AsInteger) : Task.Epochs;

    /// <summary>The most resource a trial is ever granted: the pruner's max_resource, or its epochs. It is Completed there.</summary>
    public int MaxResourceOf(Configuration configuration) =>
        Search.Pruner is { } pruner ? pruner.MaxResource : EpochsOf(configuration);
}
