using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Rendering;

/// <summary>A sweep at one moment, as the store shows it.</summary>
/// <param name="Ended">Trials that are over and were not at the look before: by number and replicate.</param>
/// <param name="Waiting">Why trials wait (<see cref="WaitingReasons"/>).</param>
internal sealed record SweepLook(
    SweepSummary Summary,
    SweepSpec Spec,
    RunProgress Progress,
    IReadOnlyList<TrialRecord> Ended,
    IReadOnlyList<LiveTrial> Running,
    RankedTrial? Best,
    IReadOnlyList<string> Waiting)
{
    /// <summary>Whether nothing more will happen until somebody does something.</summary>
    public bool IsAtRest => Summary.Sweep.State.IsOver() || Summary.Sweep.State == SweepState.Paused;
}
