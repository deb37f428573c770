using Sweep.Search.Trials;

namespace Sweep.Store.Tests;

public sealed class SweepTransitionTests
{
    [Fact]
    public void Of_EveryStateAndChange_AllowsThoseOfTheTableAndNoOther()
    {
        var allowed = new Dictionary<(SweepState, SweepChange), (SweepState, EventKind, string)>
        {
            [(SweepState.Pending, SweepChange.Pause)] = (SweepState.Paused, EventKind.Paused, "paused by the user"),
            [(SweepState.Running, SweepChange.Pause)] = (SweepState.Paused, EventKind.Paused, "paused by the user"),
            [(SweepState.Paused, SweepChange.Resume)] = (SweepState.Running, EventKind.Resumed, ""),
            [(SweepState.Pending, SweepChange.Cancel)] = (SweepState.Canceled, EventKind.Canceled, "canceled by the user"),
            [(SweepState.Running, SweepChange.Cancel)] = (SweepState.Canceled, EventKind.Canceled, "canceled by the user"),
            [(SweepState.Paused, SweepChange.Cancel)] = (SweepState.Canceled, EventKind.Canceled, "canceled by the user"),
        };

        foreach (var from in Enum.GetValues<SweepState>())
        {
            foreach (var change in Enum.GetValues<SweepChange>())
            {
                var transition = SweepTransition.Of(from, change);
                Assert.Equal(
                    allowed.TryGetValue((from, change), out var expected) ? expected : ((SweepState, EventKind, string)?)null,
                    transition is null ? null : (transition.State, transition.Event.Kind, transition.Event.Text));
            }
        }
    }

    [Theory]
    [InlineData(SweepState.Pending, false)]
    [InlineData(SweepState.Running, false)]
    [InlineData(SweepState.Paused, false)]
    [InlineData(SweepState.Completed, true)]
    [InlineData(SweepState.Canceled, true)]
    [InlineData(SweepState.Failed, true)]
    public void RetryAndExtend_OpenOnlyASweepThatIsOver(SweepState from, bool opens)
    {
        SweepTransition? Opened(string reason) => opens ? new(SweepState.Paused, new EventEntry(EventKind.Opened, reason)) : null;

        Assert.Equal(Opened("a trial is to be tried again"), SweepTransition.Retry(from, 1));
        Assert.Equal(Opened("2 trials are to be tried again"), SweepTransition.Retry(from, 2));
        Assert.Equal(Opened("4 trials more are to come"), SweepTransition.Extend(from, 4));
    }

    [Fact]
    public void CancelsTrials_WhenTheSweepIsCanceledOrDeleted_AndNotElse()
    {
        Assert.True(SweepTransition.Delete.CancelsTrials);
        Assert.True(SweepTransition.Of(SweepState.Running, SweepChange.Cancel)!.CancelsTrials);
        Assert.False(SweepTransition.Of(SweepState.Running, SweepChange.Pause)!.CancelsTrials);
        Assert.False(SweepTransition.Retry(SweepState.Canceled, 1)!.CancelsTrials);
    }
}
