using FsCheck;
using FsCheck.Fluent;
using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Asha;
using Sweep.Search.Randomness;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Pruners;

public sealed class AshaPrunerTests
{
    /// <summary>η = 2, rungs 1, 2, 4, 8, minimize; after each arrival one worker asks. Worked out by hand from algorithm 2 of the paper.</summary>
    [Fact]
    public void ScriptedArrivals_PromoteAsWorkedOutByHand()
    {
        var pruner = new AshaPruner(new AshaOptions(1, 8, 2, false), ObjectiveGoal.Minimize);
        (int Number, int Step, double? Value, string Expected)[] script =
        [
            (0, 1, 0.50, "new"), // n=1: nobody
            (1, 1, 0.40, "1 to 2"), // n=2, top 1: trial 1
            (2, 1, 0.60, "new"), // n=3, top 1 is promoted
            (1, 2, 0.35, "new"), // rung 2: n=1
            (3, 1, 0.30, "3 to 2"), // n=4, top 2: 3, 1
            (4, 1, 0.45, "new"), // n=5, top 2 promoted
            (3, 2, 0.33, "3 to 4"), // rung 2: n=2, top 1: 3
            (5, 1, null, "4 to 2"), // n=6 with one that has no value, top 3: 3, 1, 4
            (4, 2, 0.34, "new"), // rung 2: n=3, top 1 promoted; rung 1: top 3 promoted
            (6, 1, 0.20, "6 to 2"), // n=7, top 3: 6, 3, 1: trial 4 went up before and is out of it now
            (3, 4, 0.32, "new"), // rung 4: n=1
            (6, 2, 0.10, "6 to 4"), // rung 2: n=4, top 2: 6, 3
            (7, 1, 0.46, "new"), // n=8, top 4: 6, 3, 1, 4
            (6, 4, 0.09, "6 to 8"), // rung 4: n=2, top 1: 6
        ];
        foreach (var (number, step, value, expected) in script)
        {
            Assert.Empty(Observe(pruner, new TrialResult(number, 0, TrialState.Paused, step, step, [value])));
            Assert.Equal((number, step, expected), (number, step, pruner.Promote() is { } d ? $"{d.Number} to {d.Resource}" : "new"));
        }

        Assert.Null(pruner.Promote());
    }

    [Fact]
    public void CompletedEarly_GoesUpWithoutAWorker()
    {
        var pruner = new AshaPruner(new AshaOptions(1, 4, 2, false), ObjectiveGoal.Maximize);
        Observe(pruner, new TrialResult(0, 0, TrialState.Completed, 1, 1, [0.99]));
        Observe(pruner, new TrialResult(1, 0, TrialState.Paused, 1, 1, [0.5]));
        Assert.Null(pruner.Promote());

        // Of four the top two: the completed one is at rung 2 already, so trial 2 is next; there it is second of two, and stays.
        Observe(pruner, new TrialResult(2, 0, TrialState.Paused, 1, 1, [0.6]));
        Observe(pruner, new TrialResult(3, 0, TrialState.Failed, 1, 0, []));
        Assert.Equal(2, pruner.Promote()!.Number);
        Observe(pruner, new TrialResult(2, 0, TrialState.Paused, 2, 2, [0.7]));
        Assert.Null(pruner.Promote());
    }

    [Fact]
    public void CanceledWhileItWaited_IsNotPromoted()
    {
        var pruner = new AshaPruner(new AshaOptions(1, 4, 2, false), ObjectiveGoal.Maximize);
        Observe(pruner, new TrialResult(0, 0, TrialState.Paused, 1, 1, [0.9]));
        Observe(pruner, new TrialResult(0, 0, TrialState.Canceled, 1, 1, [0.9]));
        Observe(pruner, new TrialResult(1, 0, TrialState.Paused, 1, 1, [0.5]));
        Assert.Equal(1, pruner.Promote()!.Number);
    }

    /// <summary>At any time, of the n trials that have arrived at a rung no more than the paper's rule allows have been promoted at the moment of their promotion.</summary>
    [Fact]
    public void AnyOrderOfArrivals_AgreesWithTheRuleWrittenOut() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var factor = 2 + (seed % 3);
        var pruner = new AshaPruner(new AshaOptions(1, 27, factor, false), ObjectiveGoal.Minimize);
        var rungs = pruner.CheckSteps.Select(_ => (Arrived: new List<(double? Value, int Number)>(), Promoted: new HashSet<int>())).ToArray();
        var running = new List<(int Number, int Rung)>();
        var next = 0;
        for (var turn = 0; turn < 200; turn++)
        {
            if (running.Count < 5)
            {
                var (expected, rung) = Expected(rungs, factor);
                var promotion = pruner.Promote();
                Assert.Equal(expected, promotion?.Number);
                if (expected is { } number)
                {
                    rungs[rung].Promoted.Add(number);
                    Assert.Equal(pruner.CheckSteps[rung + 1], promotion!.Resource);
                    running.Add((number, rung + 1));
                }
                else
                {
                    running.Add((next++, 0));
                }

                continue;
            }

            var at = (int)(Philox.Bits(seed, turn, 1, 1) % (ulong)running.Count);
            var (arriving, to) = running[at];
            running.RemoveAt(at);
            double? value = Philox.Uniform(seed, turn, 2, 1) < 0.1 ? null : Math.Round(Philox.Uniform(seed, turn, 3, 1), 1);
            rungs[to].Arrived.Add((value, arriving));
            var step = pruner.CheckSteps[to];
            Observe(pruner, new TrialResult(arriving, 0, TrialState.Paused, step, step, [value]));
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(ObjectiveGoal.Minimize)]
    [InlineData(ObjectiveGoal.Maximize)]
    public void StoppingForm_GoesOnAmongTheBestSoFar(ObjectiveGoal goal)
    {
        var pruner = new StoppingPruner(new AshaOptions(1, 9, 3, true), goal);
        var sign = goal == ObjectiveGoal.Minimize ? 1 : -1;
        string Word(int number, double? value, TrialState state = TrialState.Paused) => string.Join(',', Observe(pruner, new TrialResult(number, 0, state, 1, 1, [value * sign])).Select(d => $"{d.Kind} {d.Resource}"));
        Assert.Equal("Promote 3", Word(0, 0.5)); // the first
        Assert.Equal("Prune 1", Word(1, 0.6)); // second of two, one goes on
        Assert.Equal("Promote 3", Word(2, 0.5 - 0.1)); // best of three
        Assert.Equal("Prune 1", Word(3, 0.4)); // a tie goes to the lower number
        Assert.Equal("", Word(4, null, TrialState.Failed)); // counts
        Assert.Equal("Prune 1", Word(5, 0.4)); // of six two go on: 2 and 3 are before it
        Assert.Equal("Promote 3", Word(6, 0.3));
    }

    /// <summary>Optuna 3.1's SuccessiveHalvingPruner on the same values: tests/reference/pruners_optuna.py.</summary>
    [Fact]
    public void StoppingForm_AgreesWithOptuna()
    {
        var pruner = new StoppingPruner(new AshaOptions(1, 9, 3, true), ObjectiveGoal.Minimize);
        double[] values = [0.5, 0.6, 0.4, 0.45, 0.3, 0.39, 0.2];
        Assert.Equal(
            "Promote Prune Promote Prune Promote Promote Promote",
            string.Join(' ', values.Select((value, number) => Observe(pruner, new TrialResult(number, 0, TrialState.Paused, 1, 1, [value]))[0].Kind)));
    }

    private static (int? Number, int Rung) Expected((List<(double? Value, int Number)> Arrived, HashSet<int> Promoted)[] rungs, int factor)
    {
        for (var k = rungs.Length - 2; k >= 0; k--)
        {
            var top = rungs[k].Arrived.Where(a => a.Value is not null).OrderBy(a => a.Value).ThenBy(a => a.Number).Take(rungs[k].Arrived.Count / factor);
            if (top.Select(a => (int?)a.Number).FirstOrDefault(n => !rungs[k].Promoted.Contains(n!.Value)) is { } number)
            {
                return (number, k);
            }
        }

        return (null, 0);
    }

    private static List<SearchDecision> Observe(IPruner pruner, TrialResult result)
    {
        var decisions = new List<SearchDecision>();
        pruner.Observe(result, decisions);
        return decisions;
    }
}
