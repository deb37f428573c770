using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Ranking;

public sealed class TrialRankingTests
{
    [Theory]
    [InlineData(ObjectiveGoal.Maximize, "3 0 1 2 5 4 6 7 8 9")]
    [InlineData(ObjectiveGoal.Minimize, "3 1 0 2 4 5 6 7 8 9")]
    public void Ranking_IsByGroupResourceValueNumber(ObjectiveGoal goal, string expected)
    {
        TrialRecord[] trials =
        [
            Row(9, TrialState.Canceled, 2, null),
            Row(8, TrialState.Failed, 2, double.NaN),
            Row(7, TrialState.Diverged, 5, 0.5),
            Row(6, TrialState.Paused, 3, double.NaN),
            Row(5, TrialState.Running, 3, 0.6),
            Row(4, TrialState.Pruned, 3, 0.5),
            Row(3, TrialState.Completed, 9, 0.4),
            Row(2, TrialState.Completed, 6, null),
            Row(1, TrialState.Completed, 6, 0.8),
            Row(0, TrialState.Completed, 6, 0.9),
        ];
        Assert.Equal(expected, string.Join(' ', trials.Order(new TrialRanking(goal)).Select(t => t.Number)));
    }

    [Fact]
    public void Ties_GoToTheLowerNumber_ThenReplicate()
    {
        TrialRecord[] trials = [Row(2, TrialState.Completed, 1, 0.5), Row(1, TrialState.Completed, 1, 0.5) with { Replicate = 1 }, Row(1, TrialState.Completed, 1, 0.5)];
        Assert.Equal([(1, 0), (1, 1), (2, 0)], trials.Order(new TrialRanking(ObjectiveGoal.Minimize)).Select(t => (t.Number, t.Replicate)));
    }

    private static TrialRecord Row(int number, TrialState state, int resource, double? value) =>
        new(number, 1, number, 0, state, 1, "{}", resource, resource, resource, [value], "", 0, "");
}
