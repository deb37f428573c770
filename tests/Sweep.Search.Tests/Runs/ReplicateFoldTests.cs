using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Runs;

public sealed class ReplicateFoldTests
{
    [Fact]
    public void Add_LastReplicateAtTheRung_GivesTheMean()
    {
        var fold = Create();
        Assert.Empty(fold.Add(At(0, TrialState.Paused, 3, 3, 0.1)));
        Assert.Empty(fold.Add(At(2, TrialState.Paused, 3, 3, 0.6)));
        var folded = Assert.Single(fold.Add(At(1, TrialState.Paused, 3, 3, 0.2)));
        Assert.Equal((4, 0, TrialState.Paused, 3, 3), (folded.Number, folded.Replicate, folded.State, folded.Granted, folded.Step));
        Assert.Equal(0.3, folded.Value!.Value, 12);
        Assert.Empty(fold.Add(At(1, TrialState.Paused, 3, 3, 0.2)));
    }

    [Fact]
    public void Add_OneDivergedBeforeTheRung_TheConfigurationHasDiverged()
    {
        var fold = Create();
        fold.Add(At(0, TrialState.Paused, 3, 3, 0.1));
        fold.Add(At(1, TrialState.Diverged, 3, 1, 0.9));
        Assert.Equal(TrialState.Diverged, Assert.Single(fold.Add(At(2, TrialState.Paused, 3, 3, 0.2))).State);
    }

    [Fact]
    public void Add_OneEndedByItsTarget_CarriesItsValueToLaterRungs()
    {
        var fold = Create();
        fold.Add(At(0, TrialState.Completed, 3, 2, 0.9));
        fold.Add(At(1, TrialState.Paused, 3, 3, 0.3));
        Assert.Equal((TrialState.Paused, 0.6), StateAndValue(Assert.Single(fold.Add(At(2, TrialState.Paused, 3, 3, 0.6)))));
        fold.Add(At(1, TrialState.Completed, 9, 9, 0.6));
        Assert.Equal((TrialState.Completed, 0.7), StateAndValue(Assert.Single(fold.Add(At(2, TrialState.Completed, 9, 9, 0.6)))));
    }

    [Fact]
    public void Add_CanceledAtARungThatIsOver_IsSeenOnceMore()
    {
        var fold = Create();
        fold.Add(At(0, TrialState.Paused, 3, 3, 0.1));
        fold.Add(At(1, TrialState.Paused, 3, 3, 0.1));
        fold.Add(At(2, TrialState.Paused, 3, 3, 0.1));
        Assert.Equal(TrialState.Canceled, Assert.Single(fold.Add(At(1, TrialState.Canceled, 3, 3, 0.1))).State);
    }

    [Fact]
    public void Add_OneWithoutAValue_HasNone()
    {
        var fold = Create();
        fold.Add(At(0, TrialState.Completed, 3, 3, 0.1));
        fold.Add(At(1, TrialState.Completed, 3, 3, null));
        Assert.Null(Assert.Single(fold.Add(At(2, TrialState.Completed, 3, 3, 0.3))).Value);
    }

    private static ReplicateFold Create() => new(new ReplicatesSpec(3), [ObjectiveGoal.Maximize]);

    private static (TrialState State, double Value) StateAndValue(TrialResult result) => (result.State, Math.Round(result.Value!.Value, 12));

    private static TrialResult At(int replicate, TrialState state, int granted, int step, double? value) => new(4, replicate, state, granted, step, [value]);
}
