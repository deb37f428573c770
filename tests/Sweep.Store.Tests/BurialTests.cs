using Sweep.Search.Trials;

namespace Sweep.Store.Tests;

public sealed class BurialTests
{
    [Theory]
    [InlineData(0, false, 5, TrialState.Waiting, 1)]
    [InlineData(3, false, 5, TrialState.Waiting, 4)]
    [InlineData(4, false, 5, TrialState.Poisoned, 5)]
    [InlineData(4, true, 5, TrialState.Waiting, 0)]
    [InlineData(9, false, 5, TrialState.Poisoned, 10)]
    [InlineData(99, false, 0, TrialState.Waiting, 100)]
    [InlineData(0, false, 1, TrialState.Poisoned, 1)]
    [InlineData(0, true, 1, TrialState.Waiting, 0)]
    internal void Death_CountsWithoutProgress_AndPoisonsAtTheLimit(int deaths, bool progressed, int poisonAfter, TrialState state, int count)
    {
        var burial = Burial.OfDeath(deaths, progressed, poisonAfter, "gone");
        Assert.Equal((state, count, state == TrialState.Poisoned), (burial.State, burial.Deaths, burial.Reason.Length > 0));
    }

    [Fact]
    public void Loss_CountsNothing() => Assert.Equal(new Burial(TrialState.Waiting, 4, ""), Burial.OfLoss(4));
}
