using FsCheck;
using FsCheck.Fluent;
using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Halving;
using Sweep.Search.Pruners.Hyperband;
using Sweep.Search.Spec;
using Sweep.Search.Tests.Runs;
using Sweep.Search.Tests.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Pruners;

/// <summary>What holds of rungs however results arrive, with failures, missing values, early ends and a coordinator that dies.</summary>
public sealed class RungInvariantTests
{
    [Fact]
    public void Halving_PromotesTheBestOfEachRung_AndNoMore() => Check(seed =>
    {
        var (max, factor) = (8 + (seed % 20), 2 + (seed % 3));
        var run = Run(seed, new HalvingOptions(1, max, factor), 3 + (seed % 40));
        var rungs = HalvingBracket.Rungs(1, max, factor);
        var entered = run.Rows.ToList();
        foreach (var rung in rungs.SkipLast(1))
        {
            var promoted = entered.Where(row => row.Granted > rung).ToList();
            Assert.True(promoted.Count <= Math.Max(1, entered.Count / factor), $"{promoted.Count} of {entered.Count} at {rung}\n{run.Table}");

            // Those that ended early with a result keep their place in the rungs above; the others that stay behind are no better.
            var left = entered.Where(row => row.Granted == rung && row is { State: TrialState.Pruned, Reason.Length: > 0 } && run.ValueOf(row.Number, rung) is not null);
            foreach (var winner in promoted)
            {
                Assert.NotNull(run.ValueOf(winner.Number, rung));
                Assert.All(left, loser => Assert.True(Order(run, winner, rung).CompareTo(Order(run, loser, rung)) < 0, $"{winner.Number} before {loser.Number} at {rung}\n{run.Table}"));
            }

            entered = [.. entered.Where(row => row.Granted > rung || row.RankResource > row.Resource)];
        }
    });

    [Fact]
    public void Hyperband_HasNoMoreTrialsAtAResourceThanItsTable() => Check(seed =>
    {
        var run = Run(seed, new HyperbandOptions(1, 9, 3, false), 9 + 5 + 3);
        Assert.True(run.Rows.Count(row => row.Granted >= 3) <= 3 + 5 + 3, run.Table);
        Assert.True(run.Rows.Count(row => row.Granted >= 9) <= 1 + 1 + 3, run.Table);
        Assert.All(run.Rows, row => Assert.Contains(row.Granted, (int[])[1, 3, 9]));
    });

    private static (double Value, int Number) Order(SearchSimulation run, TrialRecord row, int rung) => (run.ValueOf(row.Number, rung)!.Value, row.Number);

    private static SearchSimulation Run(int seed, PrunerOptions pruner, int trials)
    {
        var spec = TestSpecs.Valid(TestSpecs.Example.Replace("val_accuracy, goal: maximize", "val_loss", StringComparison.Ordinal));
        spec = spec with { Search = spec.Search with { Pruner = pruner, Trials = trials, Seed = seed } };
        var run = new SearchSimulation(spec, seed, 1 + (seed % 7), seed, 0.05).Run();
        Assert.True(run.IsFinished);
        return run;
    }

    private static void Check(Action<int> property) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
}
