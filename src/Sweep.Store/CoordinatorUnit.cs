using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>What a coordinator writes in one transaction, fenced by (sweep, term).</summary>
public sealed record CoordinatorUnit(long SweepId, long Term)
{
    public IReadOnlyList<NewTrial> Trials { get; init; } = [];

    /// <summary>Trials held back that may be claimed from now on; written after <see cref="Trials"/>.</summary>
    public IReadOnlyList<TrialRelease> Releases { get; init; } = [];

    public IReadOnlyList<TrialDecision> Decisions { get; init; } = [];

    /// <summary>Winners that were evaluated on the test set; one that has a result already keeps it.</summary>
    public IReadOnlyList<TrialTest> Tests { get; init; } = [];

    /// <summary>The numerics profile to keep its trials on; a sweep that has one keeps it. Null to leave it.</summary>
    public string? Numerics { get; init; }

    /// <summary>The sweep's state from now on, or null to leave it.</summary>
    public SweepState? NewState { get; init; }

    public string StateReason { get; init; } = "";

    /// <summary>Whether the coordinator gives the sweep up with this unit.</summary>
    public bool Release { get; init; }
}
