using System.Globalization;
using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>What the audit trail records. A store keeps the name in lower case: names never change.</summary>
public enum EventKind
{
    // Of sweeps, by the user.
    Created,
    Paused,
    Resumed,
    Extended,
    Opened,
    Deleted,

    // Of sweeps, by their coordinator.
    Activated,
    State,

    // Of sweeps and trials.
    Canceled,
    Finished,
    Released,
    Rescued,

    // Of trials.
    Claimed,
    Promoted,
    Pruned,
    Poisoned,
    Retried,
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
