using System.Globalization;
using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>The state that a user's change gives a sweep. Both stores decide it here; they only write it.</summary>
/// <remarks>Every change takes the sweep from its coordinator, whose writes are lost from then on: the next one starts from what is stored.</remarks>
/// <param name="State">The sweep's state from now on.</param>
/// <param name="Event">What the audit trail records; its text is the reason of the state.</param>
internal sealed record SweepTransition(SweepState State, EventEntry Event)
{
    /// <summary>What the trials of a canceled sweep give as the reason of their end.</summary>
    public const string TrialReason = "the sweep was canceled";

    /// <summary>Before a sweep's rows are removed: nothing of it can be claimed or reported any more.</summary>
    public static SweepTransition Delete { get; } = To(SweepState.Canceled, EventKind.Deleted, "is being deleted");

    /// <summary>Whether it ends the trials that are not over, with what they reached.</summary>
    public bool CancelsTrials => State == SweepState.Canceled;

    /// <summary>What a change makes of a sweep; null when its state does not allow the change.</summary>
    public static SweepTransition? Of(SweepState from, SweepChange change) => change switch
    {
        SweepChange.Pause when from is SweepState.Pending or SweepState.Running => To(SweepState.Paused, EventKind.Paused, "paused by the user"),
        SweepChange.Resume when from == SweepState.Paused => To(SweepState.Running, EventKind.Resumed, ""),
        SweepChange.Cancel when !from.IsOver() => To(SweepState.Canceled, EventKind.Canceled, "canceled by the user"),
        _ => null,
    };

    /// <summary>What a retry of trials makes of a sweep; null when its state stays.</summary>
    public static SweepTransition? Retry(SweepState from, int trials) =>
        Open(from, trials == 1 ? "a trial is to be tried again" : string.Create(CultureInfo.InvariantCulture, $"{trials} trials are to be tried again"));

    /// <summary>What a demand for more trials makes of a sweep; null when its state stays.</summary>
    public static SweepTransition? Extend(SweepState from, int more) =>
        Open(from, string.Create(CultureInfo.InvariantCulture, $"{more} trials more are to come"));

    private static SweepTransition? Open(SweepState from, string reason) => from.IsOver() ? To(SweepState.Paused, EventKind.Opened, reason) : null;

    private static SweepTransition To(SweepState state, EventKind kind, string reason) => new(state, new EventEntry(kind, reason));
}
