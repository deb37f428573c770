using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Rendering;

/// <summary>A snapshot of a sweep, read from the store.</summary>
/// <param name="Ended">Trials that ended since the last snapshot, by number and replicate.</param>
/// <param name="Waiting">The reasons why trials wait (<see cref="WaitingReasons"/>).</param>
internal sealed record SweepSnapshot(
    SweepSummary Summary,
    SweepSpec Spec,
    RunProgress Progress,
    IReadOnlyList<TrialRecord> Ended,
    IReadOnlyList<LiveTrial> Running,
    RankedTrial? Best,
    IReadOnlyList<string> Waiting)
{
    /// <summary>Whether the sweep is over or paused.</summary>
    public bool IsPausedOrOver => Summary.Sweep.State.IsOver() || Summary.Sweep.State == SweepState.Paused;
}
