using Sweep.Grains.Trials;

namespace Sweep.Grains.Storage;

/// <summary>What a coordinator writes in one transaction, fenced by (sweep, term).</summary>
/// <param name="NewState">The sweep's state from now on, or null to leave it.</param>
/// <param name="Release">Whether the coordinator gives the sweep up with this unit.</param>
public sealed record CoordinatorUnit(long SweepId, long Term)
{
    public IReadOnlyList<NewTrial> Trials { get; init; } = [];

    public IReadOnlyList<TrialDecision> Decisions { get; init; } = [];

    public SweepState? NewState { get; init; }

    public string StateReason { get; init; } = "";

    public bool Release { get; init; }
}
