namespace Sweep.Search.Trials;

/// <summary>The transitions of the state machine, in one place.</summary>
public static class TrialStates
{
    /// <summary>Whether nothing more can happen to a trial in this state (but for an explicit retry by the user).</summary>
    public static bool IsOver(this TrialState state) =>
        state is TrialState.Completed or TrialState.Pruned or TrialState.Failed
            or TrialState.Diverged or TrialState.Canceled or TrialState.Poisoned;

    /// <summary>Whether a trial ended badly by itself: Failed, Diverged or Poisoned.</summary>
    public static bool IsFailure(this TrialState state) => state is TrialState.Failed or TrialState.Diverged or TrialState.Poisoned;

    /// <summary>Whether the sweep is over.</summary>
    public static bool IsOver(this SweepState state) =>
        state is SweepState.Completed or SweepState.Canceled or SweepState.Failed;

    /// <summary>
    /// The ranking's group: 0 Completed; 1 Pruned, Paused, Running and Waiting together; 2 Failed, Diverged, Poisoned and Canceled.
    /// </summary>
    public static int RankGroup(this TrialState state) => state switch
    {
        TrialState.Completed => 0,
        TrialState.Pruned or TrialState.Paused or TrialState.Running or TrialState.Waiting => 1,
        _ => 2,
    };

    /// <summary>Whether the state machine has an arrow from one state to the other.</summary>
    public static bool CanBecome(this TrialState from, TrialState to) => from switch
    {
        TrialState.Waiting => to is TrialState.Running or TrialState.Canceled or TrialState.Poisoned,
        TrialState.Running => to is TrialState.Waiting or TrialState.Paused or TrialState.Completed or TrialState.Pruned
            or TrialState.Failed or TrialState.Diverged or TrialState.Canceled or TrialState.Poisoned,
        TrialState.Paused => to is TrialState.Waiting or TrialState.Pruned or TrialState.Completed or TrialState.Canceled,
        _ => false,
    };
}
