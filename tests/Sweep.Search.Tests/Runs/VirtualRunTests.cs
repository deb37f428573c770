using FsCheck;
using FsCheck.Fluent;
using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Asha;
using Sweep.Search.Pruners.Halving;
using Sweep.Search.Pruners.Hyperband;
using Sweep.Search.Pruners.Pbt;
using Sweep.Search.Pruners.Percentile;
using Sweep.Search.Runs;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Samplers.Tpe;
using Sweep.Search.Spec;
using Sweep.Search.Tests.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Runs;

public sealed class VirtualRunTests
{
    public static TheoryData<string, string> Searches
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var pruner in Pruners.Keys)
            {
                data.Add("random", pruner);
                if (pruner != "pbt")
                {
                    data.Add("tpe", pruner);
                }
            }

            return data;
        }
    }

    private static Dictionary<string, PrunerOptions?> Pruners { get; } = new(StringComparer.Ordinal)
    {
        ["none"] = null,
        ["halving"] = new HalvingOptions(1, 9, 3),
        ["hyperband"] = new HyperbandOptions(1, 9, 3, false),
        ["asha"] = new AshaOptions(1, 9, 3, false),
        ["stopping"] = new AshaOptions(1, 9, 2, true),
        ["median"] = new PercentileOptions(9, 50, false, 1, 2, 2),
        ["percentile"] = new PercentileOptions(9, 30, true, 0, 3, 3),
        ["pbt"] = new PbtOptions(9, 2, 0.25, 0.25),
    };

    /// <summary>The promise: any number of slots, any order of arrivals, any crashes give the same table.</summary>
    [Theory]
    [MemberData(nameof(Searches))]
    public void AnyRun_GivesTheSameTable(string sampler, string pruner)
    {
        var rebuilds = 0;
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var spec = Make(sampler, pruner, seed);
            var reference = new SearchSimulation(spec, seed, 1, 0, 0).Run();
            var other = new SearchSimulation(spec, seed, 1 + (seed % 11), seed, seed % 3 * 0.1).Run();
            rebuilds += other.Rebuilds;
            Assert.True(reference.IsFinished);
            Assert.All(reference.Rows, row => Assert.True(row.State.IsOver()));
            AssertSame(Stamped(spec, reference), Stamped(spec, other));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(sampler == "tpe" ? 20 : 60));
        Assert.True(rebuilds > 0);
    }

    /// <summary>What the store has decided stands, however the history changed: the search finds its end all the same.</summary>
    [Theory]
    [MemberData(nameof(PrunerNames))]
    public void RetriedAndExtended_AlwaysFinishes(string pruner)
    {
        var retried = 0;
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var spec = Make(seed % 3 == 0 && pruner != "pbt" ? "tpe" : "random", pruner, seed);
            spec = spec with { Replicates = new ReplicatesSpec(1 + (seed % 2)) };
            var run = new SearchSimulation(spec, seed, 1 + (seed % 7), seed, 0.05).Run();
            for (var round = 0; round < 3; round++)
            {
                var (rows, more) = (run.Rows.Count, pruner == "pbt" ? 0 : (seed + round) % 2 * 5);
                if (more > 0)
                {
                    run.Extend(more);
                }

                retried += run.Retry();
                run.Run();
                Assert.True(run.IsFinished);
                Assert.Equal(rows + (more * spec.Replicates.Count), run.Rows.Count);
                Assert.All(run.Rows, row => Assert.True(row.State.IsOver(), $"{row.Id} is {row.State}"));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
        Assert.True(retried > 0);
    }

    public static TheoryData<string> PrunerNames => [.. Pruners.Keys];

    /// <summary>The same with replicates: a configuration's result is there when the last of them is.</summary>
    [Theory]
    [MemberData(nameof(PrunerNames))]
    public void AnyRun_WithReplicates_GivesTheSameTable(string pruner) => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var spec = Make(seed % 5 == 0 && pruner != "pbt" ? "tpe" : "random", pruner, seed);
        spec = spec with { Replicates = new ReplicatesSpec(2 + (seed % 2), (ReplicateRank)(seed % 3)) };
        var reference = new SearchSimulation(spec, seed, 1, 0, 0).Run();
        var other = new SearchSimulation(spec, seed, 1 + (seed % 11), seed, seed % 3 * 0.1).Run();
        Assert.True(reference.IsFinished);
        Assert.Equal(spec.Search.Trials * spec.Replicates.Count, reference.Rows.Count);
        Assert.All(reference.Rows, row => Assert.True(row.State.IsOver()));
        AssertSame(Stamped(spec, reference), Stamped(spec, other));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Theory]
    [InlineData("asha")]
    [InlineData("halving")]
    public void AsFinishedWithReplicates_AlwaysFinishes(string pruner) => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var spec = Make("random", pruner, seed);
        spec = spec with { Search = spec.Search with { Order = SearchOrder.AsFinished }, Replicates = new ReplicatesSpec(2) };
        var run = new SearchSimulation(spec, seed, 1 + (seed % 7), seed, 0.1).Run();
        Assert.True(run.IsFinished);
        Assert.All(run.Rows, row => Assert.True(row.State.IsOver()));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Theory]
    [InlineData("asha")]
    [InlineData("stopping")]
    [InlineData("median")]
    [InlineData("halving")]
    public void AsFinished_AlwaysFinishes(string pruner) => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var spec = Make(seed % 2 == 0 ? "random" : "tpe", pruner, seed);
        spec = spec with { Search = spec.Search with { Order = SearchOrder.AsFinished } };
        var run = new SearchSimulation(spec, seed, 1 + (seed % 7), seed, 0.1).Run();
        Assert.True(run.IsFinished);
        Assert.Equal(spec.Search.Trials, run.Rows.Count);
        Assert.All(run.Rows, row => Assert.True(row.State.IsOver()));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Theory]
    [InlineData("random", "none")]
    [InlineData("tpe", "asha")]
    [InlineData("random", "halving")]
    public void Budgets_EndTheSweepAtTheSamePlace(string sampler, string pruner) => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var spec = Make(sampler, pruner, seed);
        BudgetSpec budget = (seed % 3) switch
        {
            0 => new() { Epochs = 1 + (seed % 100) },
            1 => new() { Failures = 1 + (seed % 3) },
            _ => new() { Target = 0.5 },
        };
        spec = spec with { Search = spec.Search with { Budget = budget } };
        var reference = new SearchSimulation(spec, seed, 1, 0, 0).Run();
        var other = new SearchSimulation(spec, seed, 1 + (seed % 11), seed, 0.1).Run();
        AssertSame(reference.Table, other.Table);
        Assert.True(reference.IsFinished);
        Assert.True(budget.Epochs is not { } epochs || reference.Rows.Sum(row => row.Granted) <= epochs);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Decisions_SeeExactlyWhatCameBeforeThem()
    {
        // Two virtual workers, one epoch for 0 and 1, η = 2: worked out by hand.
        var spec = Make("random", "asha", 1);
        spec = spec with { Search = spec.Search with { Parallel = 2, Pruner = new AshaOptions(1, 4, 2, false), Trials = 4 } };
        var search = new SweepSearch(spec);
        Assert.Equal([(0, 0L, 0L), (1, 0L, 0L)], Stamps(search.Suggest(9)));

        // Trial 1 is first in real time, and has to wait for trial 0: both end at 1, and the lower number is first.
        Assert.Empty(search.Observe(Paused(1, 1, 0.2)));
        Assert.Empty(search.Suggest(9));

        // At (1, 0) one has arrived: nobody is promoted, trial 2 starts. At (1, 1) the better of two goes on, on the worker just freed.
        var decision = Assert.Single(search.Observe(Paused(0, 1, 0.5)));
        Assert.Equal((1, SearchDecisionKind.Promote, 2, 1L, 2L), (decision.Number, decision.Kind, decision.Resource, decision.VirtualTime, decision.LastSeen));
        Assert.Equal([(2, 1L, 1L)], Stamps(search.Suggest(9)));

        // Both end at 2. (2, 1): one at the second rung, nobody due; trial 3. (2, 2): three at the first rung, its best is promoted already.
        Assert.Empty(search.Observe(Paused(1, 2, 0.1)));
        Assert.Equal([(3, 2L, 3L)], Stamps(search.Suggest(9)));
        Assert.Empty(search.Observe(Paused(2, 1, 0.3)));

        // (3, 3): the top two of four are 1 and 3. Then 3 at the second rung; 1 is the better and goes to the top.
        decision = Assert.Single(search.Observe(Paused(3, 1, 0.25)));
        Assert.Equal((3, 2, 3L, 5L), (decision.Number, decision.Resource, decision.VirtualTime, decision.LastSeen));
        decision = Assert.Single(search.Observe(Paused(3, 2, 0.2)));
        Assert.Equal((1, 4, 4L, 6L), (decision.Number, decision.Resource, decision.VirtualTime, decision.LastSeen));
        var last = search.Observe(new TrialResult(1, 0, TrialState.Completed, 4, 4, [0.05]));
        Assert.Equal([0, 2, 3], last.Select(d => d.Number));
        Assert.All(last, d => Assert.Equal((SearchDecisionKind.Prune, 6L), (d.Kind, d.VirtualTime)));
        Assert.True(search.IsFinished);
    }

    private static (int Number, long Time, long Seen)[] Stamps(IReadOnlyList<Suggestion> suggestions) => [.. suggestions.Select(s => (s.Number, s.VirtualTime, s.LastSeen!.Value))];

    private static TrialResult Paused(int number, int step, double value) => new(number, 0, TrialState.Paused, step, step, [value]);

    /// <summary>Without a virtual run decisions have no virtual time, and their order is that of the arrivals.</summary>
    private static string Stamped(SweepSpec spec, SearchSimulation run) =>
        spec.Search.IsVirtual ? run.Table : string.Join('\n', run.Table.Split('\n').Where(line => !line.Contains("suggested", StringComparison.Ordinal)));

    private static SweepSpec Make(string sampler, string pruner, int seed)
    {
        var spec = TestSpecs.Valid(TestSpecs.Example.Replace("val_accuracy, goal: maximize", seed % 2 == 0 ? "val_accuracy" : "val_loss", StringComparison.Ordinal));
        return spec with
        {
            Search = spec.Search with
            {
                Sampler = sampler == "tpe" ? new TpeOptions { StartupTrials = 4 } : new RandomOptions(),
                Pruner = Pruners[pruner],
                Trials = pruner == "hyperband" ? 9 + 5 + 3 + (seed % 9) : 5 + (seed % 25),
                Parallel = 1 + (seed % 8),
                Seed = seed,
            },
        };
    }

    private static void AssertSame(string expected, string actual)
    {
        if (expected != actual)
        {
            var (x, y) = (expected.Split('\n'), actual.Split('\n'));
            var at = x.Zip(y).TakeWhile(pair => pair.First == pair.Second).Count();
            Assert.Fail($"line {at}\nexpected {x.ElementAtOrDefault(at)}\nactual   {y.ElementAtOrDefault(at)}");
        }
    }
}
