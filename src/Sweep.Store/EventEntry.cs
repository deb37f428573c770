using System.Globalization;
using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>What the audit trail records. A store keeps the name in lower case: names never change.</summary>
public enum EventKind
{
    /// <summary>A sweep was submitted.</summary>
    Created,

    /// <summary>A silo became the sweep's coordinator.</summary>
    Activated,

    /// <summary>The coordinator set the sweep's state, and the sweep is not over.</summary>
    State,

    /// <summary>A sweep or a trial ended.</summary>
    Finished,

    /// <summary>The user paused the sweep.</summary>
    Paused,

    /// <summary>The user resumed the sweep.</summary>
    Resumed,

    /// <summary>The user canceled the sweep, or the search canceled a trial.</summary>
    Canceled,

    /// <summary>The user asked for more trials.</summary>
    Extended,

    /// <summary>The user asked to try a trial again.</summary>
    Retried,

    /// <summary>A sweep that was over is open again, as Paused.</summary>
    Opened,

    /// <summary>The user deleted the sweep; its rows are being removed.</summary>
    Deleted,

    /// <summary>A silo claimed a trial that had run before.</summary>
    Claimed,

    /// <summary>A silo gave a sweep or a trial back.</summary>
    Released,

    /// <summary>A sweep or a trial was taken from a silo that is gone.</summary>
    Rescued,

    /// <summary>A trial was set aside, because it killed its hosts again and again.</summary>
    Poisoned,

    /// <summary>The pruner granted a trial more epochs.</summary>
    Promoted,

    /// <summary>The pruner ended a trial.</summary>
    Pruned,

    /// <summary>A winner was evaluated on the test set.</summary>
    Tested,
}

/// <summary>An event as both stores write it. All texts of the audit trail are made here.</summary>
internal sealed record EventEntry(EventKind Kind, string Text = "")
{
    private static readonly string[] Names = [.. Enum.GetNames<EventKind>().Select(name => name.ToLowerInvariant())];

    /// <summary>The kind as it is stored.</summary>
    public string StoredKind => Names[(int)Kind];

    public static EventEntry Activated(long term) => new(EventKind.Activated, string.Create(CultureInfo.InvariantCulture, $"term {term}"));

    /// <summary>Of a trial that continues.</summary>
    /// <param name="trial">After the claim.</param>
    /// <param name="again">Epochs that had been reported after its checkpoint.</param>
    public static EventEntry Claimed(TrialRecord trial, int again) => new(
        EventKind.Claimed,
        string.Create(CultureInfo.InvariantCulture, $"attempt {trial.Attempt}, from {trial.Resource}{(again > 0 ? $", {again} again" : "")}"));

    /// <summary>Of a coordinator's decision on a trial.</summary>
    public static EventEntry Decided(TrialDecision decision) => decision.To switch
    {
        TrialState.Waiting => new(EventKind.Promoted, decision.DonorTrialId is null ? $"to {decision.Granted}" : $"to {decision.Granted}, {decision.Reason}"),
        TrialState.Pruned => new(EventKind.Pruned, decision.Reason),
        TrialState.Canceled => new(EventKind.Canceled, decision.Reason),
        _ => new(EventKind.Finished, decision.Reason),
    };

    /// <summary>Of a sweep whose coordinator sets its state.</summary>
    public static EventEntry Set(SweepState state, string reason) =>
        new(state.IsOver() ? EventKind.Finished : EventKind.State, WithReason(state.ToString(), reason));

    /// <summary>Of what a trial came to; null when that is no event.</summary>
    public static EventEntry? Ended(TrialOutcome outcome) =>
        outcome.State == TrialState.Waiting ? new(EventKind.Released, outcome.Reason)
        : outcome.State.IsOver() ? new(EventKind.Finished, WithReason(outcome.State.ToString(), outcome.Reason))
        : null;

    /// <summary>Of what a silo owned.</summary>
    /// <param name="kind">Why it owns it no longer.</param>
    /// <param name="silo">Its name.</param>
    public static EventEntry Freed(EventKind kind, string silo, string reason) => new(kind, WithReason($"from {silo}", reason));

    private static string WithReason(string text, string reason) => reason.Length == 0 ? text : $"{text}: {reason}";
}
