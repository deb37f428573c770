using Sweep.Search.Pruners.Rules;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Grains.Tests;

public sealed class TrialGrainTests
{
    private readonly List<OwnerUnit> _written = [];
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Run_ToTheEnd_ReportsEachEpochAndCompletesWithCheckpoint()
    {
        var end = await RunAsync(epochs: 3, epoch => Finished(0.5 + (epoch / 10.0)));

        Assert.Equal(TrialState.Completed, end.Outcome.State);
        Assert.Equal([1, 2, 3], _written.Select(u => u.Report!.Step));
        Assert.Equal([null, null, TrialState.Completed], _written.Select(u => u.Outcome?.State));
        Assert.Equal([false, false, true], _written.Select(u => u.Checkpoint is not null));
        Assert.All(_written, u => Assert.Equal((5L, 2), (u.TrialId, u.Attempt)));
        Assert.Equal(0.8, end.LastReport!.Values[0]);
    }

    [Fact]
    public async Task Run_SecondPassed_CheckpointsThatEpochOnly()
    {
        await RunAsync(epochs: 4, epoch =>
        {
            _time.Advance(TimeSpan.FromSeconds(epoch == 2 ? 1 : 0));
            return Finished(0.5);
        });

        Assert.Equal([false, true, false, true], _written.Select(u => u.Checkpoint is not null));
    }

    [Fact]
    public async Task Run_CheckpointEvery_OverridesTheClock()
    {
        await RunAsync(epochs: 5, epoch =>
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            return Finished(0.5);
        }, spec => spec with { CheckpointEvery = 2 });

        Assert.Equal([false, true, false, true, true], _written.Select(u => u.Checkpoint is not null));
    }

    [Fact]
    public async Task Run_OverBest_ValueNeverFallsAndEachBestIsCheckpointed()
    {
        var end = await RunAsync(
            epochs: 4,
            epoch => Finished(epoch switch { 1 => 0.5, 2 => 0.7, 3 => 0.6, _ => double.NaN }),
            spec => spec with { Objectives = [new Objective("val_accuracy", ObjectiveGoal.Maximize, ObjectiveOver.Best)] });

        Assert.Equal([0.5, 0.7, 0.7, 0.7], _written.Select(u => u.Report!.Values[0]));
        Assert.Equal([true, true, false, true], _written.Select(u => u.Checkpoint is not null));
        Assert.Equal([true, true, false, false], _written.Select(u => u.Checkpoint?.IsBest ?? false));
        Assert.Equal(0.7, end.LastReport!.Values[0]);
    }

    [Fact]
    public async Task Run_NaN_IsNoValue()
    {
        await RunAsync(epochs: 1, _ => Finished(double.NaN));
        Assert.Null(_written[0].Report!.Values[0]);
        Assert.Null(_written[0].Report!.Metrics["val_accuracy"]);
    }

    [Fact]
    public async Task Run_BelowMaxResource_Pauses()
    {
        var end = await RunAsync(epochs: 3, _ => Finished(0.5), granted: 1);
        Assert.Equal(TrialState.Paused, end.Outcome.State);
        Assert.NotNull(Assert.Single(_written).Checkpoint);
    }

    [Fact]
    public async Task Run_Diverged_EndsWithReasonAndNoReport()
    {
        var end = await RunAsync(epochs: 3, epoch => epoch == 2 ? new EpochOutcome.Diverged("loss NaN in epoch 2") : Finished(0.5));
        Assert.Equal(new TrialOutcome(TrialState.Diverged, "loss NaN in epoch 2"), end.Outcome);
        Assert.Null(_written[^1].Report);
    }

    [Fact]
    public async Task Run_TrainingThrows_FailsWithItsText()
    {
        var end = await RunAsync(epochs: 3, _ => throw new InvalidOperationException("no such\nlayer"));
        Assert.Equal(new TrialOutcome(TrialState.Failed, "InvalidOperationException: no such layer"), end.Outcome);
    }

    [Fact]
    public async Task Run_MetricMissing_FailsAndNamesWhatThereIs()
    {
        var end = await RunAsync(
            epochs: 1,
            _ => new EpochOutcome.Finished(new Dictionary<string, double> { ["val_loss"] = 1 }, 0.1, 1));
        Assert.Equal(TrialState.Failed, end.Outcome.State);
        Assert.Equal("the training reported no val_accuracy; it reported val_loss", end.Outcome.Reason);
    }

    [Fact]
    public async Task Run_Stopped_GivesTheTrialBackWithItsCheckpoint()
    {
        using var stop = new CancellationTokenSource();
        var end = await RunAsync(
            epochs: 3,
            _ =>
            {
                stop.Cancel();
                return Finished(0.5);
            },
            stop: stop.Token);

        Assert.Equal(TrialState.Waiting, end.Outcome.State);
        Assert.Equal(1, _written[^1].Checkpoint!.Epoch);
    }

    [Fact]
    public async Task Run_WriteLost_StopsTraining()
    {
        var epochs = 0;
        var end = await RunAsync(
            epochs: 100,
            _ =>
            {
                epochs++;
                return Finished(0.5);
            },
            write: _ => Task.FromResult(WriteResult.Lost));

        Assert.Equal(2, epochs);
        Assert.Equal(WriteResult.Lost, await end.Durable);
    }

    [Fact]
    public async Task Run_StoreFails_IsNotTheTrialsFault()
    {
        await Assert.ThrowsAsync<StoreException>(() => RunAsync(
            epochs: 100, _ => Finished(0.5), write: _ => Task.FromException<WriteResult>(new StoreException("disk full"))));
    }

    [Fact]
    public async Task Run_AllTrainedBeforeACrash_OnlyTheOutcomeIsWritten()
    {
        var end = await RunAsync(epochs: 2, _ => throw new InvalidOperationException("must not train"), from: new Checkpoint(2, 0, new byte[1]));
        Assert.Equal(TrialState.Completed, end.Outcome.State);
        Assert.Null(Assert.Single(_written).Report);
    }

    [Fact]
    public async Task Run_TargetReached_CompletesThereAndCountsAsTrainedToTheFull()
    {
        var end = await RunAsync(epochs: 9, epoch => Finished(epoch / 10.0), WithRules(OwnRulesSpec.None with { Target = new TargetSpec(0.3) }), granted: 5);
        Assert.Equal(new TrialOutcome(TrialState.Completed, "reached the target 0.3 in epoch 3", 9), end.Outcome);
        Assert.Equal([false, false, true], _written.Select(unit => unit.Checkpoint is not null));
    }

    [Fact]
    public async Task Run_OutsideOfTheThreshold_IsPrunedWhereItIs()
    {
        var end = await RunAsync(epochs: 9, epoch => Finished(1 - (epoch / 10.0)), WithRules(OwnRulesSpec.None with { Threshold = new ThresholdSpec(0.75, null, 0) }));
        Assert.Equal((TrialState.Pruned, null, 3), (end.Outcome.State, end.Outcome.RankResource, end.LastReport!.Step));
    }

    [Fact]
    public async Task Run_PatienceAfterAnAdoption_CountsFromTheFirstEpoch()
    {
        var rules = WithRules(OwnRulesSpec.None with { Patience = new PatienceSpec(3, 0) });
        var whole = await RunAsync(epochs: 9, _ => Finished(0.5), rules);
        var reports = _written.Take(2).Select(unit => unit.Report!).ToList();
        var adopted = await RunAsync(epochs: 9, _ => Finished(0.5), rules, from: new Checkpoint(2, 0, new byte[1]), earlier: reports);
        Assert.Equal(4, whole.LastReport!.Step);
        Assert.Equal((whole.Outcome, 4), (adopted.Outcome, adopted.LastReport!.Step));
    }

    [Fact]
    public async Task Run_CheckpointNotDurable_NextOneWaits()
    {
        var first = new TaskCompletionSource<WriteResult>();
        var run = RunAsync(
            epochs: 3,
            _ => Finished(0.5),
            spec => spec with { CheckpointEvery = 1 },
            write: unit => unit.Report!.Step == 1 ? first.Task : Task.FromResult(WriteResult.Written));

        Assert.False(run.IsCompleted);
        Assert.Single(_written);
        first.SetResult(WriteResult.Written);
        Assert.Equal(TrialState.Completed, (await run).Outcome.State);
        Assert.Equal(3, _written.Count);
    }

    private static Func<SweepSpec, SweepSpec> WithRules(OwnRulesSpec rules) => spec => spec with { Search = spec.Search with { Rules = rules } };

    private static EpochOutcome.Finished Finished(double accuracy) =>
        new(new Dictionary<string, double> { ["val_loss"] = 1 - accuracy, ["val_accuracy"] = accuracy }, 0.1, 0.5);

    private Task<TrialEnd> RunAsync(
        int epochs,
        Func<int, EpochOutcome> epoch,
        Func<SweepSpec, SweepSpec>? change = null,
        int? granted = null,
        Checkpoint? from = null,
        Func<OwnerUnit, Task<WriteResult>>? write = null,
        IReadOnlyList<ReportRecord>? earlier = null,
        CancellationToken stop = default)
    {
        var spec = new SweepSpec(
            "test",
            "",
            "test.yaml",
            new TaskSpec(new Dictionary<string, ParameterValue>(), epochs),
            [new Objective("val_accuracy", ObjectiveGoal.Maximize, ObjectiveOver.Last)],
            new SearchSpec(new RandomOptions(), 1, 0, null),
            new Space([], []),
            null);
        var trial = new TrialRecord(
            5, 1, 0, 0, TrialState.Running, 2, "{}", granted ?? epochs, from?.Epoch ?? 0, from?.Epoch ?? 0, [], "", 0, "");
        var grain = new TrialGrain(
            change?.Invoke(spec) ?? spec,
            new ClaimedTrial(trial, from, earlier?[^1]) { EarlierReports = earlier ?? [] },
            new ScriptedTraining(epoch, from),
            unit =>
            {
                _written.Add(unit);
                return write?.Invoke(unit) ?? Task.FromResult(WriteResult.Written);
            },
            _time);
        return grain.RunAsync(stop);
    }
}
