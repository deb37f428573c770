using Sweep.Client.Rendering;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Client.Tests.Rendering;

/// <summary>Why trials wait, as reported to the user.</summary>
public sealed class WaitingReasonsTests
{
    private static readonly Dictionary<TrialState, int> Twelve = new() { [TrialState.Waiting] = 12 };

    [Fact]
    public void NoSilo_IsTheReason() => Assert.Equal(["12 waiting: no live silo"], Of(Sweep(), Twelve));

    [Fact]
    public void NothingSuggestedYet_IsToldWithoutANumber() =>
        Assert.Equal(["waiting: no live silo"], Of(Sweep(SweepState.Pending), new Dictionary<TrialState, int>()));

    [Fact]
    public void SiloThatMayRunIt_NothingIsInTheWay() => Assert.Empty(Of(Sweep(), Twelve, [Silo("a")]));

    [Fact]
    public void SiloInsideACommandForAnotherSweep_DoesNotCount()
    {
        Assert.Equal(["12 waiting: no live silo"], Of(Sweep(), Twelve, [Silo("a", SiloLabels.Only("other"))]));
        Assert.Empty(Of(Sweep(requires: "gpu"), Twelve, [Silo("a", SiloLabels.Only("mine"))]));
    }

    [Theory]
    [InlineData("gpu", "fast", "12 waiting: no live silo has label gpu")]
    [InlineData("fast,gpu,tpu", "fast", "12 waiting: no live silo has labels gpu, tpu")]
    public void LabelThatNobodyHas_IsNamed(string requires, string labels, string reason) =>
        Assert.Equal([reason], Of(Sweep(requires: requires), Twelve, [Silo("a", labels)]));

    [Fact]
    public void LabelsThatNobodyHasTogether_AreNamed() => Assert.Equal(
        ["12 waiting: no live silo has labels fast, gpu together"], Of(Sweep(requires: "fast,gpu"), Twelve, [Silo("a", "fast"), Silo("b", "gpu")]));

    [Fact]
    public void Refusals_OfLiveSilos_StandTogetherByReason() => Assert.Equal(
        ["12 waiting: silos a, b are not eligible: the data differ", "12 waiting: silo c is not eligible: too old"],
        WaitingReasons.Of(
            Sweep(), Twelve, [Silo("a"), Silo("b"), Silo("c")], [new("a", "the data differ"), new("c", "too old"), new("b", "the data differ"), new("dead", "gone")], []));

    [Theory]
    [InlineData(4, true)]
    [InlineData(3, false)]
    public void LimitOfSlots_IsAReasonWhenItIsReached(int running, bool isReason) => Assert.Equal(
        isReason ? ["12 waiting: limited to 4 slots"] : [],
        Of(Sweep(slots: 4), new Dictionary<TrialState, int> { [TrialState.Waiting] = 12, [TrialState.Running] = running }, [Silo("a")]));

    [Fact]
    public void Suspect_IsNamedWithItsDeaths() => Assert.Equal(
        ["trial 7 runs alone next: 3 silos died while it ran"],
        WaitingReasons.Of(Sweep(), new Dictionary<TrialState, int> { [TrialState.Waiting] = 1 }, [Silo("a")], [], [Trial(7, deaths: 3)]));

    [Fact]
    public void PausedOrOver_SaysNoMoreThanThat()
    {
        Assert.Equal(["12 waiting: paused"], Of(Sweep(SweepState.Paused), Twelve));
        Assert.Empty(Of(Sweep(SweepState.Canceled), Twelve));
    }

    [Fact]
    public void AllTrialsRunning_NothingWaits() => Assert.Empty(Of(Sweep(), new Dictionary<TrialState, int> { [TrialState.Running] = 2 }));

    private static IReadOnlyList<string> Of(SweepRecord sweep, IReadOnlyDictionary<TrialState, int> counts, IReadOnlyList<SiloRecord>? silos = null) =>
        WaitingReasons.Of(sweep, counts, silos ?? [], [], []);

    private static SweepRecord Sweep(SweepState state = SweepState.Running, string requires = "", int? slots = null) => new(
        1, "mine", state, "", "", "", 0, 1, false, new Dictionary<string, string>(), 1, null, DateTimeOffset.UnixEpoch, null)
    {
        Placement = new SweepPlacement(Slots: slots, Requires: requires),
    };

    private static SiloRecord Silo(string name, string labels = "") =>
        new(Guid.Empty, name, new ProcessIdentity("host", "", "", 1, 0), 2) { Labels = labels };

    private static TrialRecord Trial(int number, int deaths) =>
        new(1, 1, number, 0, TrialState.Waiting, 3, "{}", 1, 0, 0, [], "", 0, "") { Deaths = deaths };
}
