using FsCheck;
using FsCheck.Fluent;
using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Halving;
using Sweep.Search.Randomness;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Pruners;

public sealed class HalvingPrunerTests
{
    [Fact]
    public void FullRung_PromotesTheBest_TiesToTheLowerNumber()
    {
        var pruner = Make(6, 1, 9, 3, ObjectiveGoal.Maximize);
        Assert.Empty(Arrive(pruner, 1, (5, 0.9), (4, 0.9), (0, 0.1), (1, 0.9), (2, null)));
        Assert.Equal(
            ["0 Prune 1", "1 Promote 3", "2 Prune 1", "3 Prune 1", "4 Promote 3", "5 Prune 1"],
            Arrive(pruner, 1, (3, double.NaN)));
    }

    [Fact]
    public void Minimize_TakesTheLowest_AndNoValueIsLast()
    {
        var pruner = Make(3, 1, 3, 3, ObjectiveGoal.Minimize);
        Assert.Equal(["0 Prune 1", "1 Promote 3", "2 Prune 1"], Arrive(pruner, 1, (0, null), (1, 2.0), (2, double.PositiveInfinity)));
        Assert.Equal(["1 Complete 3"], Arrive(pruner, 3, (1, 1.5)));
    }

    [Fact]
    public void RungWithoutAValue_EndsTheBracket()
    {
        var pruner = Make(2, 1, 3, 3, ObjectiveGoal.Minimize);
        Assert.Equal(["0 Prune 1"], Over(pruner, 1, 1, TrialState.Diverged).Concat(Arrive(pruner, 1, (0, null))));
    }

    [Theory]
    [InlineData(TrialState.Failed)]
    [InlineData(TrialState.Diverged)]
    [InlineData(TrialState.Poisoned)]
    [InlineData(TrialState.Canceled)]
    public void EndedTrial_CountsAsArrived_AndIsNeverPromoted(TrialState state)
    {
        var pruner = Make(3, 1, 3, 3, ObjectiveGoal.Maximize);
        Assert.Empty(Over(pruner, 0, 1, state));
        Assert.Equal(["1 Prune 1", "2 Promote 3"], Arrive(pruner, 1, (1, 0.1), (2, 0.2)));
    }

    [Fact]
    public void CanceledWhileItWaitedAtARung_GivesItsPlaceAway()
    {
        var pruner = Make(3, 1, 3, 3, ObjectiveGoal.Maximize);
        Assert.Empty(Arrive(pruner, 1, (0, 0.9)));
        Assert.Empty(Over(pruner, 0, 1, TrialState.Canceled));
        Assert.Equal(["1 Prune 1", "2 Promote 3"], Arrive(pruner, 1, (1, 0.1), (2, 0.2)));
    }

    [Fact]
    public void CompletedEarly_CarriesItsValueUpwards()
    {
        var pruner = Make(9, 1, 9, 3, ObjectiveGoal.Maximize);
        Assert.Empty(Over(pruner, 8, 1, TrialState.Completed, 0.99));
        Assert.Equal(
            ["0 Prune 1", "1 Prune 1", "2 Prune 1", "3 Prune 1", "4 Prune 1", "5 Prune 1", "6 Promote 3", "7 Promote 3"],
            Arrive(pruner, 1, [.. Enumerable.Range(0, 8).Select(n => (n, (double?)n / 10))]));

        // One of three goes on: the one that is done already, so both others are pruned and nothing runs any more.
        Assert.Equal(["6 Prune 3", "7 Prune 3"], Arrive(pruner, 3, (6, 0.8), (7, 0.9)));
    }

    [Fact]
    public void Example27By3_EndsWithOneTrialAtTheTop()
    {
        var pruner = Make(27, 1, 27, 3, ObjectiveGoal.Maximize);
        Assert.Equal(9, Count(Arrive(pruner, 1, [.. Enumerable.Range(0, 27).Select(n => (n, (double?)n))]), "Promote 3"));
        Assert.Equal(3, Count(Arrive(pruner, 3, [.. Enumerable.Range(18, 9).Select(n => (n, (double?)-n))]), "Promote 9"));
        Assert.Equal(["18 Promote 27", "19 Prune 9", "20 Prune 9"], Arrive(pruner, 9, (20, 1.0), (19, 2.0), (18, 3.0)));
        Assert.Equal(["18 Complete 27"], Arrive(pruner, 27, (18, 0.0)));
    }

    [Fact]
    public void AnyOrderOfResults_GivesTheSameDecisions() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var trials = 1 + (int)(Philox.Bits(seed, 0, 0, 0) % 30);
        var results = new List<TrialResult>();
        var reference = Decisions(trials, results, seed);

        // The same results in another order, some twice, also before those that they rest on: a rebuild.
        var pruner = Make(trials, 1, 9, 3, ObjectiveGoal.Minimize);
        var again = new List<SearchDecision>();
        foreach (var result in results.Concat(results.Take(5)).OrderBy(r => Philox.Bits(seed, r.Number, 5, r.Granted)))
        {
            pruner.Observe(result, again);
        }

        return again.OrderBy(d => (d.Number, d.Resource)).SequenceEqual(reference.OrderBy(d => (d.Number, d.Resource)));
    }).QuickCheckThrowOnFailure();

    /// <summary>Runs a bracket in order: values and failures by the seed.</summary>
    private static List<SearchDecision> Decisions(int trials, List<TrialResult> results, int seed)
    {
        var pruner = Make(trials, 1, 9, 3, ObjectiveGoal.Minimize);
        var decisions = new List<SearchDecision>();
        var todo = new Queue<(int Number, int Granted)>(Enumerable.Range(0, trials).Select(n => (n, 1)));
        while (todo.TryDequeue(out var next))
        {
            var luck = Philox.Uniform(seed, next.Number, 9, next.Granted);
            var state = luck switch { < 0.1 => TrialState.Failed, < 0.15 => TrialState.Diverged, _ => TrialState.Paused };
            var result = new TrialResult(next.Number, 0, state, next.Granted, next.Granted, [luck > 0.9 ? null : Math.Round(luck, 1)]);
            results.Add(result);
            var from = decisions.Count;
            pruner.Observe(result, decisions);
            foreach (var decision in decisions.Skip(from).Where(d => d.Kind == SearchDecisionKind.Promote))
            {
                todo.Enqueue((decision.Number, decision.Resource));
            }
        }

        // Rung invariants: at most max(1, ⌊n/η⌋) go on, and every paused trial is decided.
        for (var granted = 1; granted <= 9; granted *= 3)
        {
            var entered = results.Count(r => r.Granted == granted);
            var up = decisions.Count(d => d.Kind == SearchDecisionKind.Promote && d.Resource == granted * 3);
            Assert.True(entered == 0 || up <= Math.Max(1, entered / 3));
            Assert.Equal(
                results.Count(r => r.Granted == granted && r.State == TrialState.Paused),
                up + decisions.Count(d => d.Kind != SearchDecisionKind.Promote && d.Resource == granted));
        }

        return decisions;
    }

    private static HalvingPruner Make(int trials, int min, int max, int factor, ObjectiveGoal goal)
    {
        var pruner = new HalvingPruner(new HalvingOptions(min, max, factor), trials, goal);
        for (var number = 0; number < trials; number++)
        {
            pruner.Enter(number, max);
        }

        return pruner;
    }

    private static List<string> Arrive(HalvingPruner pruner, int step, params (int Number, double? Value)[] arrivals)
    {
        var decisions = new List<SearchDecision>();
        foreach (var (number, value) in arrivals)
        {
            pruner.Observe(new TrialResult(number, 0, TrialState.Paused, step, step, [value]), decisions);
        }

        return [.. decisions.OrderBy(d => d.Number).Select(d => $"{d.Number} {d.Kind} {d.Resource}")];
    }

    private static List<string> Over(HalvingPruner pruner, int number, int granted, TrialState state, double? value = 5)
    {
        var decisions = new List<SearchDecision>();
        pruner.Observe(new TrialResult(number, 0, state, granted, granted, [value]), decisions);
        return [.. decisions.Select(d => $"{d.Number} {d.Kind} {d.Resource}")];
    }

    private static int Count(List<string> decisions, string end) => decisions.Count(d => d.EndsWith(end, StringComparison.Ordinal));
}
