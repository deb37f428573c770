using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Ranking;

public sealed class SweepRankingTests
{
    private static readonly Objective[] Two =
        [new("accuracy", ObjectiveGoal.Maximize, ObjectiveOver.Last), new("seconds", ObjectiveGoal.Minimize, ObjectiveOver.Last)];

    [Fact]
    public void Order_SeveralObjectives_FrontsRankOneAfterAnother()
    {
        // By hand: 0, 1 and 2 are not dominated; 3 is by 1 alone; 4 by 3 too. 5 is not compared with those trained further.
        RankedTrial[] trials =
        [
            Row(4, TrialState.Completed, 9, 0.70, 9), Row(0, TrialState.Completed, 9, 0.90, 8), Row(2, TrialState.Completed, 9, 0.80, 1),
            Row(1, TrialState.Completed, 9, 0.85, 4), Row(3, TrialState.Completed, 9, 0.79, 4.5), Row(5, TrialState.Pruned, 3, 0.99, 0.1),
            Row(6, TrialState.Completed, 9, null, 1),
        ];
        var ordered = SweepRanking.Order(Two, trials).ToList();
        Assert.Equal([0, 1, 2, 3, 4, 6, 5], ordered.Select(ranked => ranked.Trial.Number));
        Assert.Equal([0, 0, 0, 1, 2, null, 0], ordered.Select(ranked => ranked.Front));
    }

    [Fact]
    public void Order_OneObjective_IsTheStoresOwn()
    {
        RankedTrial[] trials = [Row(0, TrialState.Failed, 9, 0.9), Row(1, TrialState.Completed, 9, 0.5), Row(2, TrialState.Completed, 9, 0.6)];
        var ordered = SweepRanking.Order(Two[..1], trials).ToList();
        Assert.Equal([2, 1, 0], ordered.Select(ranked => ranked.Trial.Number));
        Assert.All(ordered, ranked => Assert.Null(ranked.Front));
    }

    private static RankedTrial Row(int number, TrialState state, int resource, params double?[] values)
    {
        var trial = new TrialRecord(number, 1, number, 0, state, 1, "{}", resource, resource, resource, values, "", 0, "");
        return new RankedTrial(trial, [trial]);
    }
}
