using Sweep.Search.Ranking;
using Sweep.Search.Spec;

namespace Sweep.Search.Tests.Ranking;

public sealed class ReplicateValuesTests
{
    private static readonly double?[] Values = [0.8, 0.9, 0.7, 0.9, 0.85];

    // scipy 1.10.1: numpy.mean, numpy.median, and stats.t.interval(0.95, 4, loc=mean, scale=stats.sem(x)).
    [Theory]
    [InlineData(ReplicateRank.Mean, ObjectiveGoal.Maximize, 0.83)]
    [InlineData(ReplicateRank.Median, ObjectiveGoal.Maximize, 0.85)]
    [InlineData(ReplicateRank.LowerBound, ObjectiveGoal.Maximize, 0.7261149366316431)]
    [InlineData(ReplicateRank.LowerBound, ObjectiveGoal.Minimize, 0.9338850633683571)]
    public void Of_IsWhatScipySays(ReplicateRank rank, ObjectiveGoal goal, double expected) =>
        Assert.Equal(expected, ReplicateValues.Of(Values, rank, goal)!.Value, 12);

    [Fact]
    public void Of_EvenNumber_MedianLiesBetween() => Assert.Equal(0.5, ReplicateValues.Of([0.9, 0.1, 0.4, 0.6], ReplicateRank.Median, ObjectiveGoal.Minimize)!.Value, 12);

    [Fact]
    public void Of_OneMissing_IsMissing()
    {
        Assert.Null(ReplicateValues.Of([0.1, null], ReplicateRank.Mean, ObjectiveGoal.Minimize));
        Assert.Null(ReplicateValues.Of([0.1, double.NaN], ReplicateRank.Median, ObjectiveGoal.Minimize));
    }

    [Fact]
    public void Deviation_IsTheSamples()
    {
        Assert.Equal(0.08366600265340758, ReplicateValues.Deviation(Values)!.Value, 12);
        Assert.Equal(0, ReplicateValues.Deviation([0.1, 0.1, 0.1]));
        Assert.Null(ReplicateValues.Deviation([0.1]));
        Assert.Null(ReplicateValues.Deviation([0.1, null]));
    }
}
