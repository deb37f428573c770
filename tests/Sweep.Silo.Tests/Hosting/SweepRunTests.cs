using Serilog.Core;
using Sweep.Grains;
using Sweep.Search;
using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Silo.Execution;
using Sweep.Silo.Hosting;
using Sweep.Store;
using Sweep.Store.Sqlite;
using Sweep.Testing.Stores;

namespace Sweep.Silo.Tests.Hosting;

/// <summary>A sweep on an embedded silo over a real SQLite store.</summary>
public sealed class SweepRunTests : SweepScene
{
    private const string Random = """
        name: run
        task: { dataset: fashion-mnist, model: mlp, epochs: 9 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: random, trials: 27, seed: 5 }
        parameters: { optimizer: sgd, lr: { min: 0.001, max: 1.0, distribution: log_uniform } }
        """;

    private static readonly string Halving = Random.Replace(
        "seed: 5", "seed: 5, pruner: { type: halving, min_resource: 1, reduction_factor: 3 }", StringComparison.Ordinal);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public async Task Run_AnyNumberOfSlots_SameTable(int slots)
    {
        string[] searches =
        [
            "pruner: { type: asha }", "pruner: { type: stopping }", "pruner: { type: median, min_trials: 2 }", "pruner: { type: pbt, interval: 2 }",
            "pruner: [ { type: patience, epochs: 3 }, { type: target, value: 0.9 } ]",
        ];
        foreach (var text in (string[])[Random, Halving, .. searches.Select(s => Random.Replace("seed: 5", "seed: 5, " + s, StringComparison.Ordinal))])
        {
            var (one, spec) = await CreateAsync(text);
            var (many, _) = await CreateAsync(text);
            Assert.Equal(RunOutcome.Completed, await RunAsync(one, spec, 1, new FunctionTrainings(Curve)));
            Assert.Equal(RunOutcome.Completed, await RunAsync(many, spec, slots, new FunctionTrainings(Curve)));
            Assert.Equal(await TableAsync(one), await TableAsync(many));
            Assert.Equal(SweepState.Completed, (await Store.FindSweepAsync(many.Name, default))!.State);
        }
    }

    [Theory]
    [InlineData("pruner: { type: halving }")]
    [InlineData("pruner: { type: asha }")]
    public async Task Run_Replicates_AreRankedAsOneAndGiveTheSameTable(string pruner)
    {
        var text = Random.Replace("seed: 5", "seed: 5, " + pruner, StringComparison.Ordinal) + "\nreplicates: 3\ntest: { top: 1 }";
        var (one, spec) = await CreateAsync(text);
        var (stopped, _) = await CreateAsync(text);
        Assert.Equal(RunOutcome.Completed, await RunAsync(one, spec, 1, new FunctionTrainings(Curve)));
        using var stop = new CancellationTokenSource();
        var epochs = 0;
        var first = new FunctionTrainings(Curve) { OnEpoch = (_, _) => { if (Interlocked.Increment(ref epochs) == 50) { stop.Cancel(); } } };
        Assert.Equal(RunOutcome.Stopped, await RunAsync(stopped, spec, 4, first, stop: stop.Token));
        Assert.Equal(RunOutcome.Completed, await RunAsync(stopped, spec, 5, new FunctionTrainings(Curve)));
        Assert.Equal(await TableAsync(one), await TableAsync(stopped));

        var rows = await Store.ListTrialsAsync(one.Id, 0, int.MaxValue, default);
        Assert.Equal(Enumerable.Range(0, 27).SelectMany(number => Enumerable.Range(0, 3).Select(replicate => (number, replicate))), rows.Select(t => (t.Number, t.Replicate)));
        var best = (await SweepRankingQuery.RankAsync(Store, spec, one.Id, 1, default))[0];
        Assert.Equal(3, best.Replicates.Count);
        Assert.Equal(best.Replicates[1].Values[0]!.Value, best.Trial.Values[0]!.Value, 12);
        Assert.Equal(FunctionTrainings.Spread, best.Deviations[0]!.Value, 12);
    }

    [Fact]
    public async Task WarmStart_TheBestOfAnEarlierSweep_ComeFirstAndStay()
    {
        var (earlier, earlierSpec) = await CreateAsync(Random);
        await RunAsync(earlier, earlierSpec, 2, new FunctionTrainings(Curve));
        var best = (await Store.RankTrialsAsync(earlier.Id, 4, default)).Select(t => t.Parameters).ToList();

        // The third is tried first anyway.
        string Rate(string parameters) => parameters.Split("\"lr\":")[1].TrimEnd('}');
        var text = $$"""
            name: later
            task: { dataset: fashion-mnist, model: mlp, epochs: 9 }
            objective: { metric: val_accuracy }
            search: { sampler: random, trials: 6, seed: 9 }
            parameters: { optimizer: sgd, lr: { min: 0.001, max: 1.0, distribution: log_uniform } }
            enqueue: [ { lr: {{Rate(best[2])}} } ]
            warm_start: { sweep: {{earlier.Name}}, top: 4 }
            """;
        var spec = await WarmStart.ResolveAsync(Parse(text, "later.yaml").Spec!, Store, Parse, Unexpected, default);
        Assert.Null(spec.Search.WarmStart);
        Assert.Equal([best[2], best[0], best[1], best[3]], spec.Search.Enqueue.Select(c => c.ToJson()));

        // What the store keeps reads back to the same, whatever becomes of the earlier sweep.
        Assert.Equal(spec.Search.Enqueue, Parse(spec.Source, "later.yaml").Spec!.Search.Enqueue);
        var (later, _) = await CreateAsync(spec.Source);
        await RunAsync(later, spec, 2, new FunctionTrainings(Curve));
        Assert.Equal([best[2], best[0], best[1], best[3]], (await Store.ListTrialsAsync(later.Id, 0, 4, default)).Select(t => t.Parameters));
    }

    [Fact]
    public async Task WarmStart_FromAStoreOfAnEarlierVersion_MapsItsNumbersAndReportsTheRest()
    {
        const string Grid = """
            name: tenths
            task: { dataset: fashion-mnist, model: mlp, epochs: 9 }
            objective: { metric: val_accuracy }
            search: { sampler: grid }
            parameters: { optimizer: sgd, lr: { min: 0.1, max: 0.7, step: 0.1 } }
            """;
        var (earlier, earlierSpec) = await CreateAsync(Grid);
        await RunAsync(earlier, earlierSpec, 2, new FunctionTrainings(Curve));
        SqliteChecks.Write(StoreFile, $"UPDATE trials SET parameters = replace(parameters, '0.3', '0.30000000000000004') WHERE sweep_id = {earlier.Id}");

        var lost = new List<string>();
        var spec = await WarmStart.ResolveAsync(
            Parse(Grid.Replace("max: 0.7", "max: 0.6", StringComparison.Ordinal) + $"\nwarm_start: {{ sweep: {earlier.Name} }}", "w.yaml").Spec!, Store, Parse, lost.Add, default);

        Assert.Equal(["0.1", "0.2", "0.3", "0.4", "0.5", "0.6"], spec.Search.Enqueue.Select(c => c.Entries[1].Value.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal([$"warm_start: trial 6 of {earlier.Name} is left out: lr is never 0.7; the nearest value is 0.6"], lost);
    }

    [Fact]
    public async Task WarmStart_WithTheSameSeed_TriesNothingElseAgain()
    {
        var (earlier, earlierSpec) = await CreateAsync(Random);
        await RunAsync(earlier, earlierSpec, 2, new FunctionTrainings(Curve));
        var warm = Parse(Random + $"\nwarm_start: {{ sweep: {earlier.Name}, top: 3 }}", "w.yaml").Spec!;
        var spec = await WarmStart.ResolveAsync(warm, Store, Parse, _ => { }, default);
        var (later, _) = await CreateAsync(spec.Source);
        await RunAsync(later, spec, 2, new FunctionTrainings(Curve));

        async Task<List<string>> TriedAsync(SweepRecord sweep) => [.. (await Store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, default)).Select(t => t.Parameters)];
        Assert.Equal(27, (await TriedAsync(later)).Count);
        Assert.Equal(3, (await TriedAsync(later)).Intersect(await TriedAsync(earlier)).Count());
    }

    [Fact]
    public async Task WarmStart_NotThereNotOverOrNothingFits_IsRefused()
    {
        var (earlier, earlierSpec) = await CreateAsync(Random);
        SweepSpec From(string sweep, string range) => Parse(
            Random.Replace("min: 0.001, max: 1.0", range, StringComparison.Ordinal) + $"\nwarm_start: {{ sweep: {sweep}, top: 3 }}", "w.yaml").Spec!;
        async Task RefusedAsync(SweepSpec spec, string because) => Assert.Contains(
            because, (await Assert.ThrowsAnyAsync<SweepException>(() => WarmStart.ResolveAsync(spec, Store, Parse, _ => { }, default))).Message, StringComparison.Ordinal);

        await RefusedAsync(From("nobody", "min: 0.001, max: 1.0"), "there is no sweep nobody");
        await RefusedAsync(From(earlier.Name, "min: 0.001, max: 1.0"), "only one that is over");
        await RunAsync(earlier, earlierSpec, 2, new FunctionTrainings(Curve));
        await RefusedAsync(From(earlier.Name, "min: 2.0, max: 3.0"), "lies in this sweep's space");
    }

    [Fact]
    public async Task Run_WallClockSpent_EndsWithWhatWasBegun()
    {
        const int Many = 2000;
        var (sweep, spec) = await CreateAsync(Random.Replace("trials: 27", $"trials: {Many}", StringComparison.Ordinal) + "\norder: as_finished\nbudget: { wall_clock: 1h }");

        // Of its hour 20 minutes are left by the store's clock, half an hour passes in the third trial; the silo's wall clock is a day off.
        SqliteChecks.Write(StoreFile, $"UPDATE sweeps SET created_at = created_at - 2400000 WHERE id = {sweep.Id}");
        var clock = new WrongClock(TimeSpan.FromDays(1));
        var trainings = new FunctionTrainings(Curve)
        {
            OnEpoch = (number, epoch) => clock.Pass(number == 2 && epoch == 1 ? TimeSpan.FromMinutes(30) : TimeSpan.Zero),
        };
        var options = new SiloOptions(1) { UntilIdle = true, Lease = TimeSpan.FromHours(2) };
        await new Silo.Hosting.Silo(Store, new PreparedSweep(new SweepWork(sweep, spec, trainings, "profile")), options, clock, Logger.None).RunAsync(default);
        var trials = await Store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, default);

        Assert.InRange(trials.Count, 3, Many - 1);
        Assert.All(trials, trial => Assert.Equal((TrialState.Completed, 9), (trial.State, trial.Resource)));
        Assert.Equal("the budget of 01:00:00 is spent", (await Store.FindSweepAsync(sweep.Name, default))!.StateReason);
    }

    [Fact]
    public async Task Retry_Grid_RunsExactlyTheFailedPointsAgain()
    {
        const string Grid = """
            name: run
            task: { dataset: fashion-mnist, model: mlp, epochs: 2 }
            objective: { metric: val_accuracy }
            search: { sampler: grid }
            parameters: { optimizer: sgd, lr: { values: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6] } }
            """;
        var (sweep, spec) = await CreateAsync(Grid);
        await RunAsync(sweep, spec, 2, new FunctionTrainings((x, epoch) => x is 0.2 or 0.5 ? throw new InvalidOperationException("no room") : Curve(x, epoch)));
        var failed = (await Store.ListTrialsAsync(sweep.Id, 0, 99, default)).Where(t => t.State == TrialState.Failed).ToList();
        Assert.Equal([1, 4], failed.Select(t => t.Number));

        await Store.RetryTrialsAsync(sweep.Id, [.. failed.Select(t => t.Id)], default);
        var again = new FunctionTrainings(Curve);
        Assert.Equal(RunOutcome.Completed, await RunAsync(sweep, spec, 2, again));
        Assert.Equal(4, again.Epochs);
        var (whole, _) = await CreateAsync(Grid);
        await RunAsync(whole, spec, 1, new FunctionTrainings(Curve));
        Assert.Equal(await TableAsync(whole), await TableAsync(sweep));
    }

    [Fact]
    public async Task Extend_Halving_OpensANewBracketAndLeavesTheFirst()
    {
        var (sweep, spec) = await CreateAsync(Halving);
        await RunAsync(sweep, spec, 2, new FunctionTrainings(Curve));
        var before = await TableAsync(sweep);

        await Store.ExtendSweepAsync(sweep.Id, 9, default);
        var trainings = new FunctionTrainings(Curve);
        Assert.Equal(RunOutcome.Completed, await RunAsync(sweep, spec.Extended([9]), 3, trainings));
        Assert.Equal((9 * 1) + (3 * 2) + (1 * 6), trainings.Epochs);
        Assert.StartsWith(before, await TableAsync(sweep), StringComparison.Ordinal);
        Assert.Equal(36, (await Store.ListTrialsAsync(sweep.Id, 0, 99, default)).Count);
    }

    [Fact]
    public async Task Run_SeveralObjectives_FirstFrontFirst()
    {
        var text = Random.Replace("{ metric: val_accuracy, goal: maximize }", "[ { metric: val_accuracy }, { metric: val_loss } ]", StringComparison.Ordinal);
        var (sweep, spec) = await CreateAsync(text);
        Assert.Equal(RunOutcome.Completed, await RunAsync(sweep, spec, 2, new FunctionTrainings(Curve)));
        var ranking = await SweepRankingQuery.RankAsync(Store, spec, sweep.Id, int.MaxValue, default);
        var front = ranking.Where(ranked => ranked.Front == 0).ToList();

        // The most accurate is first and cannot be dominated; below the best rate each smaller one is on the front, above it none is.
        var best = front[0].Trial;
        Assert.Equal(ranking.Max(ranked => ranked.Trial.Values[0]), best.Values[0]);
        Assert.InRange(front.Count, 2, ranking.Count - 1);
        Assert.All(front, ranked => Assert.True(ranked.Trial.Values[1] <= best.Values[1]));
        Assert.All(ranking.Skip(front.Count), ranked => Assert.True(ranked.Trial.Values[1] > best.Values[1]));
    }

    [Fact]
    public async Task Run_Halving_TrainsEachRungOnceFromItsCheckpoint()
    {
        var (sweep, spec) = await CreateAsync(Halving);
        var trainings = new FunctionTrainings(Curve);
        await RunAsync(sweep, spec, 3, trainings);

        // 27 trials to 1 epoch, 9 on to 3, 3 on to 9: paused and resumed, never started again.
        Assert.Equal((27 * 1) + (9 * 2) + (3 * 6), trainings.Epochs);
        var trials = await Store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, default);
        Assert.Equal(18, trials.Count(t => t is { State: TrialState.Pruned, Resource: 1 }));
        Assert.Equal(6, trials.Count(t => t is { State: TrialState.Pruned, Resource: 3 }));
        Assert.Equal(3, trials.Count(t => t is { State: TrialState.Completed, Resource: 9 }));
    }

    [Fact]
    public async Task Run_EveryTrialThrows_FailsAndKeepsTheReasons()
    {
        var (sweep, spec) = await CreateAsync(Random);
        var outcome = await RunAsync(sweep, spec, 2, new FunctionTrainings((x, _) => throw new InvalidOperationException($"no {x:0.000}")));
        Assert.Equal(RunOutcome.Failed, outcome);
        Assert.Equal(SweepState.Failed, (await Store.FindSweepAsync(sweep.Name, default))!.State);
        Assert.All(
            await Store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, default),
            t => Assert.StartsWith("InvalidOperationException: no ", t.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_OneTrialThrows_HarmsNobodyElse()
    {
        var (sweep, spec) = await CreateAsync(Halving);
        var worst = 0.0;
        var outcome = await RunAsync(sweep, spec, 2, new FunctionTrainings((x, epoch) =>
            x > 0.5 ? throw new InvalidOperationException("too hot") : Math.Max(worst, Curve(x, epoch))));
        Assert.Equal(RunOutcome.Completed, outcome);
        var trials = await Store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, default);
        Assert.Contains(trials, t => t.State == TrialState.Failed);
        Assert.Contains(trials, t => t.State == TrialState.Completed);
        Assert.DoesNotContain(trials, t => t.State is TrialState.Waiting or TrialState.Running or TrialState.Paused);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(44)]
    public async Task Run_StoppedAnywhere_PausesAndGoesOnToTheSameTable(int epochsBefore)
    {
        var (whole, spec) = await CreateAsync(Halving);
        await RunAsync(whole, spec, 2, new FunctionTrainings(Curve));

        var (stopped, _) = await CreateAsync(Halving);
        using var stop = new CancellationTokenSource();
        var epochs = 0;
        var first = new FunctionTrainings(Curve)
        {
            OnEpoch = (_, _) =>
            {
                if (Interlocked.Increment(ref epochs) == epochsBefore)
                {
                    stop.Cancel();
                }
            },
        };
        Assert.Equal(RunOutcome.Stopped, await RunAsync(stopped, spec, 2, first, stop: stop.Token));
        Assert.Equal(SweepState.Paused, (await Store.FindSweepAsync(stopped.Name, default))!.State);
        Assert.DoesNotContain(await Store.ListTrialsAsync(stopped.Id, 0, int.MaxValue, default), t => t.State == TrialState.Running);

        var second = new FunctionTrainings(Curve);
        Assert.Equal(RunOutcome.Completed, await RunAsync(stopped, spec, 3, second));
        Assert.Equal(await TableAsync(whole), await TableAsync(stopped));
        Assert.Equal(63, first.Epochs + second.Epochs);
    }

    [Fact]
    public async Task Advance_RungFullButItsDecisionsLost_ComeOutAgain()
    {
        var (sweep, spec) = await CreateAsync(Halving);
        var silo = await RegisterAsync();
        var term = (await Store.ActivateSweepAsync(sweep.Id, silo.Incarnation, default)).Term!.Value;
        var crashed = await SweepGrain.ActivateAsync(spec, Store, Store, null, sweep.Id, term, default);
        await crashed.AdvanceAsync([], 27, default);
        foreach (var claimed in await Store.ClaimTrialsAsync(sweep.Id, silo.Incarnation, "profile", 27, default))
        {
            var grain = new TrialGrain(spec, claimed, new FunctionTrainings(Curve), u => Store.WriteAsync(u, default), TimeProvider.System);
            Assert.Equal(WriteResult.Written, await (await grain.RunAsync(default)).Durable);
        }

        // The crashed coordinator never saw these ends: the next one decides from the store alone.
        await Store.RemoveSiloAsync(silo.Incarnation, default);
        Assert.Equal(RunOutcome.Completed, await RunAsync(sweep, spec, 2, new FunctionTrainings(Curve)));
        var (whole, _) = await CreateAsync(Halving);
        await RunAsync(whole, spec, 2, new FunctionTrainings(Curve));
        Assert.Equal(await TableAsync(whole), await TableAsync(sweep));
    }

    [Fact]
    public async Task Advance_AnotherCoordinatorTookOver_IsLostAndChangesNothing()
    {
        var (sweep, spec) = await CreateAsync(Random);
        var first = await RegisterAsync();
        var term = (await Store.ActivateSweepAsync(sweep.Id, first.Incarnation, default)).Term!.Value;
        var old = await SweepGrain.ActivateAsync(spec, Store, Store, null, sweep.Id, term, default);
        Assert.Equal(WriteResult.Written, await old.AdvanceAsync([], 2, default));

        await Store.BurySiloAsync(first.Incarnation, "proved in a test", default);
        var second = await RegisterAsync();
        Assert.True((await Store.ActivateSweepAsync(sweep.Id, second.Incarnation, default)).Term > term);

        Assert.Equal(WriteResult.Lost, await old.AdvanceAsync([], 10, default));
        Assert.Equal(2, (await Store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, default)).Count);
    }

    // Good rates lie in the middle; more epochs tell them apart better.
    private static double Curve(double x, int epoch) => 1 - Math.Abs(Math.Log10(x) + 1.5) / 3 - (1.0 / (epoch + 1));

    private static void Unexpected(string line) => Assert.Fail(line);
}
