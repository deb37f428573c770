using Sweep.Search.Trials;

namespace Sweep.Store.Tests;

public sealed class EventEntryTests
{
    [Fact]
    public void StoredKind_IsTheNameInLowerCase_OfEveryKind() => Assert.Equal(
        [
            "created", "paused", "resumed", "extended", "opened", "deleted", "activated", "state", "canceled", "finished", "released", "rescued",
            "claimed", "promoted", "pruned", "poisoned", "retried", "tested",
        ],
        Enum.GetValues<EventKind>().Select(kind => new EventEntry(kind).StoredKind));

    [Fact]
    public void StoredKind_OfACopyWithAnotherKind_IsThatKind() =>
        Assert.Equal("poisoned", (EventEntry.Freed(EventKind.Rescued, "a", "") with { Kind = EventKind.Poisoned }).StoredKind);

    [Theory]
    [InlineData(TrialState.Waiting, null, EventKind.Promoted, "to 9")]
    [InlineData(TrialState.Waiting, 7L, EventKind.Promoted, "to 9, why")]
    [InlineData(TrialState.Pruned, null, EventKind.Pruned, "why")]
    [InlineData(TrialState.Canceled, null, EventKind.Canceled, "why")]
    [InlineData(TrialState.Completed, null, EventKind.Finished, "why")]
    internal void Decided_NamesWhatTheTrialBecame(TrialState to, long? donor, EventKind kind, string text) => Assert.Equal(
        new EventEntry(kind, text), EventEntry.Decided(new TrialDecision(1, TrialState.Paused, to, 9, "why", 0, 0) { DonorTrialId = donor }));

    [Theory]
    [InlineData(TrialState.Waiting, "why", EventKind.Released, "why")]
    [InlineData(TrialState.Completed, "", EventKind.Finished, "Completed")]
    [InlineData(TrialState.Failed, "why", EventKind.Finished, "Failed: why")]
    internal void Ended_NamesTheOutcome(TrialState state, string reason, EventKind kind, string text) =>
        Assert.Equal(new EventEntry(kind, text), EventEntry.Ended(new TrialOutcome(state, reason)));

    [Fact]
    public void Ended_OfATrialPausedAtARung_IsNoEvent() => Assert.Null(EventEntry.Ended(new TrialOutcome(TrialState.Paused)));

    [Theory]
    [InlineData(SweepState.Paused, "why", EventKind.State, "Paused: why")]
    [InlineData(SweepState.Completed, "", EventKind.Finished, "Completed")]
    internal void Set_NamesTheState(SweepState state, string reason, EventKind kind, string text) =>
        Assert.Equal(new EventEntry(kind, text), EventEntry.Set(state, reason));

    [Theory]
    [InlineData("", "from a")]
    [InlineData("why", "from a: why")]
    internal void Freed_NamesTheSilo(string reason, string text) =>
        Assert.Equal(new EventEntry(EventKind.Rescued, text), EventEntry.Freed(EventKind.Rescued, "a", reason));
}
