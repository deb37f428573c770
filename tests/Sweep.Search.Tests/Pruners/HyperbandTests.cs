using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Halving;
using Sweep.Search.Pruners.Hyperband;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Pruners;

public sealed class HyperbandTests
{
    // Li et al. (2018), algorithm 1 by hand; for 81 and 3 their table 1 has 27, 9, 6 and 5 for s = 3 … 0.
    [Theory]
    [InlineData(1, 81, 3, false, "s=4: 81@1 27@3 9@9 3@27 1@81|s=3: 34@3 11@9 3@27 1@81|s=2: 15@9 5@27 1@81|s=1: 8@27 2@81|s=0: 5@81")]
    [InlineData(1, 81, 3, true, "s=4: 81@1 27@3 9@9 3@27 1@81|s=3: 27@3 9@9 3@27 1@81|s=2: 9@9 3@27 1@81|s=1: 6@27 2@81|s=0: 5@81")]
    [InlineData(1, 27, 3, false, "s=3: 27@1 9@3 3@9 1@27|s=2: 12@3 4@9 1@27|s=1: 6@9 2@27|s=0: 4@27")]
    [InlineData(3, 27, 3, false, "s=2: 9@3 3@9 1@27|s=1: 5@9 1@27|s=0: 3@27")]
    [InlineData(1, 100, 3, false, "s=4: 81@1 27@3 9@11 3@33 1@100|s=3: 34@3 11@11 3@33 1@100|s=2: 15@11 5@33 1@100|s=1: 8@33 2@100|s=0: 5@100")]
    [InlineData(5, 5, 2, false, "s=0: 1@5")]
    public void Table_IsAlgorithm1s(int min, int max, int factor, bool isPrinted, string expected) =>
        Assert.Equal(expected.Split('|'), HyperbandBracket.Table(min, max, factor, isPrinted).Select(bracket => bracket.ToString()));

    [Theory]
    [InlineData(243, 3, "243 98 41 18 9 6")]
    [InlineData(1000, 10, "1000 134 20 4")]
    [InlineData(16, 4, "16 6 3")]
    public void FirstRungs_AreExactAtPowers(int max, int factor, string sizes) =>
        Assert.Equal(sizes, string.Join(' ', HyperbandBracket.Table(1, max, factor, false).Select(bracket => bracket.Trials)));

    [Fact]
    public void Brackets_RunTogetherAndApart()
    {
        // 9/3: 9@1, 5@3, 3@9; then 4 more trials in the next table's first bracket.
        var pruner = BracketsPruner.OfHyperband(new HyperbandOptions(1, 9, 3, false), 21, ObjectiveGoal.Maximize);
        Assert.Equal([1, 3, 9], pruner.CheckSteps);
        Assert.Equal("1 1 1 1 1 1 1 1 1 3 3 3 3 3 9 9 9 1 1 1 1", string.Join(' ', Enumerable.Range(0, 21).Select(number => pruner.Enter(number, 9))));
        Assert.Equal(["20 Promote 3", "17 Prune 1", "18 Prune 1", "19 Prune 1"], Arrive(pruner, 1, 17, 18, 19, 20));
        Assert.Equal(["13 Promote 9", "9 Prune 3", "10 Prune 3", "11 Prune 3", "12 Prune 3"], Arrive(pruner, 3, 9, 10, 11, 12, 13));
        Assert.Empty(Arrive(pruner, 1, 0, 1, 2, 3, 4, 5, 6, 7));
        Assert.Equal("bracket 2, rung 1: 3 of 9 go on", Decide(pruner, 8, 1).First().Reason);
    }

    private static List<string> Arrive(BracketsPruner pruner, int step, params int[] numbers) =>
        [.. numbers.SelectMany(number => Decide(pruner, number, step)).OrderBy(d => d.Kind).ThenBy(d => d.Number).Select(d => $"{d.Number} {d.Kind} {d.Resource}")];

    private static List<SearchDecision> Decide(BracketsPruner pruner, int number, int step)
    {
        var decisions = new List<SearchDecision>();
        pruner.Observe(new TrialResult(number, 0, TrialState.Paused, step, step, [number]), decisions);
        return decisions;
    }
}
