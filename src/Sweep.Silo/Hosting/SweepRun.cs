using System.Threading.Channels;
using Serilog;
using Sweep.Grains;
using Sweep.Grains.Grains;
using Sweep.Grains.Ranking;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Grains.Trials;
using Sweep.Silo.Execution;

namespace Sweep.Silo.Hosting;

/// <summary>
/// Runs one sweep in this process, on an embedded silo: activates its <see cref="SweepGrain"/>, lets every slot claim and train
/// trials, and hands what became of them to the grain until the search is at its end.
/// </summary>
/// <remarks>A cancelled token stops it kindly: trials checkpoint and are given back, the sweep is Paused and released.</remarks>
public sealed class SweepRun(
    SweepRecord sweep,
    SweepSpec spec,
    ISweepStore sweeps,
    ISiloStore store,
    SiloRecord silo,
    ITrainingFactory trainings,
    string numericsProfile,
    TimeProvider time,
    ILogger log)
{
    private const int CheckpointsKept = 10;

    // A sweep of many trials must not keep the weights of all of them until its end.
    private const int EndsBetweenPrunings = 256;

    private readonly Channel<TrialNews> _news = Channel.CreateUnbounded<TrialNews>();
    private readonly WorkSignal _work = new();
    private readonly TrialGrain?[] _running = new TrialGrain?[silo.Slots];

    /// <summary>Called after an end has become durable and its consequences are written.</summary>
    public Action<TrialEnd>? OnTrialEnded { get; set; }

    /// <summary>Called when what a winner reached on the test set is durable.</summary>
    public Action<TrialRecord, TrialTest>? OnTested { get; set; }

    /// <summary>What each busy slot is doing.</summary>
    public IReadOnlyList<RunningTrial> Running()
    {
        var busy = new List<RunningTrial>(_running.Length);
        for (var i = 0; i < _running.Length; i++)
        {
            if (Volatile.Read(ref _running[i]) is { } grain)
            {
                busy.Add(new RunningTrial(grain.Trial, grain.LastReport, (grain.Training as IReportsProgress)?.Progress));
            }
        }

        return busy;
    }

    /// <summary>Runs the sweep under the term that its activation gave.</summary>
    public async Task<RunOutcome> RunAsync(long term, CancellationToken stop)
    {
        var grain = await SweepGrain.ActivateAsync(spec, sweeps, store, trainings as ILearnsAcrossTrials, sweep.Id, term, stop);
        using var stopSlots = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var slots = Enumerable.Range(0, silo.Slots).Select(slot => RunSlotAsync(slot, stopSlots.Token)).ToList();
        RunOutcome outcome;
        try
        {
            outcome = await CoordinateAsync(grain, term, slots, stop);
        }
        finally
        {
            await stopSlots.CancelAsync();
            await Task.WhenAll(slots);
        }

        return outcome == RunOutcome.Lost ? outcome : await ReleaseAsync(grain, term, outcome, stop);
    }

    private async Task<RunOutcome> CoordinateAsync(SweepGrain grain, long term, List<Task> slots, CancellationToken stop)
    {
        var ahead = 2 * silo.Slots;
        var ends = new List<TrialEnd>();
        var ended = 0;
        while (true)
        {
            WatchClock(grain);
            if (await grain.AdvanceAsync(ends, ahead, CancellationToken.None) == WriteResult.Lost)
            {
                log.Warning("sweep {Sweep}: another silo coordinates it now", sweep.Name);
                return RunOutcome.Lost;
            }

            _work.Set();
            ends.ForEach(end => OnTrialEnded?.Invoke(end));
            ended += ends.Count;
            ends.Clear();
            if (ended >= EndsBetweenPrunings)
            {
                ended = 0;
                await PruneCheckpointsAsync(term);
            }

            if (grain.IsFinished)
            {
                return grain.FinalState == SweepState.Completed ? RunOutcome.Completed : RunOutcome.Failed;
            }

            try
            {
                var more = _news.Reader.WaitToReadAsync(stop).AsTask();
                if (await Task.WhenAny([more, .. slots]) is var first && first != more)
                {
                    // A slot ends early only by a fault of the store or of its host: that is the sweep's end here.
                    await first;
                }

                await more;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return RunOutcome.Stopped;
            }

            ReadNews(grain, ends);
        }
    }

    private void ReadNews(SweepGrain grain, List<TrialEnd> ends)
    {
        while (_news.Reader.TryRead(out var news))
        {
            if (news.End is { } end)
            {
                ends.Add(end);
            }
            else
            {
                grain.Pass(news.Number, news.Step);
            }
        }
    }

    private async Task RunSlotAsync(int slot, CancellationToken stop)
    {
        using var thread = new SlotScheduler($"slot {slot}");
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var work = _work.Next;
                var claimed = await store.ClaimTrialsAsync(sweep.Id, silo.Incarnation, numericsProfile, 1, stop);
                if (claimed.Count == 0)
                {
                    await work.WaitAsync(stop);
                    continue;
                }

                var grain = new TrialGrain(spec, await WithHistoryAsync(claimed[0], stop), trainings, WriterOf(claimed[0].Trial), time);
                Volatile.Write(ref _running[slot], grain);
                var end = await thread.RunAsync(() => grain.RunAsync(stop), CancellationToken.None);
                Volatile.Write(ref _running[slot], null);
                log.Information(
                    "sweep {Sweep}: trial {Number} attempt {Attempt} ended as {State} {Reason}",
                    sweep.Name, end.Trial.Number, end.Trial.Attempt, end.Outcome.State, end.Outcome.Reason);
                _news.Writer.TryWrite(new TrialNews(end, end.Trial.Number, 0));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop while it had nothing to run.
        }
    }

    /// <summary>How a trial's units are written. A search in a virtual order is told of each epoch, once it is durable: others may have waited for it.</summary>
    private Func<OwnerUnit, Task<WriteResult>> WriterOf(TrialRecord trial)
    {
        return spec.Search.IsVirtual ? WriteAndTellAsync : unit => store.WriteAsync(unit, CancellationToken.None);

        async Task<WriteResult> WriteAndTellAsync(OwnerUnit unit)
        {
            // Not back to the slot's thread, which is training.
            var written = await store.WriteAsync(unit, CancellationToken.None).ConfigureAwait(false);
            if (written == WriteResult.Written && unit is { Report: { } report, Outcome: null })
            {
                _news.Writer.TryWrite(new TrialNews(null, trial.Number, report.Step));
            }

            return written;
        }
    }

    /// <summary>Rules that look back count from the first epoch on, whoever trained it.</summary>
    private async Task<ClaimedTrial> WithHistoryAsync(ClaimedTrial claimed, CancellationToken stop) =>
        spec.Search.Rules.Patience is not null && claimed.LastReport is not null
            ? claimed with { EarlierReports = await sweeps.ListReportsAsync(claimed.Trial.Id, stop) }
            : claimed;

    private void WatchClock(SweepGrain grain)
    {
        if (spec.Search.Budget.WallClock is { } limit && time.GetUtcNow() - sweep.CreatedAt >= limit)
        {
            grain.End($"the budget of {limit} is spent");
        }
    }

    private async Task<RunOutcome> ReleaseAsync(SweepGrain grain, long term, RunOutcome outcome, CancellationToken stop)
    {
        var left = new List<TrialEnd>();
        ReadNews(grain, left);

        // What ended between the request to stop and now still counts, and may even have been the last of it.
        if (await grain.AdvanceAsync(left, 0, CancellationToken.None) == WriteResult.Lost)
        {
            return RunOutcome.Lost;
        }

        left.ForEach(end => OnTrialEnded?.Invoke(end));
        if (outcome == RunOutcome.Stopped && grain.IsFinished)
        {
            outcome = grain.FinalState == SweepState.Completed ? RunOutcome.Completed : RunOutcome.Failed;
        }

        var reason = outcome == RunOutcome.Failed ? "not one trial has a value" : "";
        SweepException? untested = null;
        if (outcome == RunOutcome.Completed)
        {
            try
            {
                (outcome, reason) = await TestWinnersAsync(term, stop);
            }
            catch (SweepException e) when (e is not StoreException)
            {
                // The search is over and kept: resuming it tests the winners, and nothing else.
                (outcome, reason, untested) = (RunOutcome.Stopped, $"its winners could not be tested: {e.Message}", e);
            }
        }

        if (outcome == RunOutcome.Lost)
        {
            return outcome;
        }

        if (outcome != RunOutcome.Stopped)
        {
            await PruneCheckpointsAsync(term);
        }

        var written = await store.WriteAsync(
            new CoordinatorUnit(sweep.Id, term)
            {
                NewState = outcome switch
                {
                    RunOutcome.Completed => SweepState.Completed,
                    RunOutcome.Failed => SweepState.Failed,
                    _ => SweepState.Paused,
                },
                StateReason = reason.Length > 0 ? reason : outcome == RunOutcome.Stopped ? "stopped by the user" : grain.Spent ?? "",
                Release = true,
            },
            CancellationToken.None);
        return untested is not null ? throw new SweepException($"{untested.Message}; sweep resume {sweep.Name} tests the winners again", untested)
            : written == WriteResult.Lost ? RunOutcome.Lost
            : outcome;
    }

    /// <summary>Removes the checkpoints that nothing can need any more; the best keep theirs, for tests and for the user.</summary>
    private async Task PruneCheckpointsAsync(long term)
    {
        var best = await SweepRanking.RankAsync(sweeps, spec, sweep.Id, Math.Max(CheckpointsKept, spec.TestTop), CancellationToken.None);
        await store.PruneCheckpointsAsync(sweep.Id, term, [.. best.Select(ranked => ranked.Trial.Number)], CancellationToken.None);
    }

    private async Task<(RunOutcome Outcome, string Reason)> TestWinnersAsync(long term, CancellationToken stop)
    {
        if (spec.TestTop == 0 || trainings is not ITestsWinners tester)
        {
            return (RunOutcome.Completed, "");
        }

        using var thread = new SlotScheduler("tests");
        var tests = new WinnerTests(spec, sweeps, store, tester) { OnTested = (trial, test) => OnTested?.Invoke(trial, test) };
        try
        {
            var written = await thread.RunAsync(() => tests.RunAsync(sweep, term, stop), CancellationToken.None);
            return (written == WriteResult.Lost ? RunOutcome.Lost : RunOutcome.Completed, tests.TestSetIsMissing ? "no test set, so no winner was tested" : "");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return (RunOutcome.Stopped, "");
        }
    }

    /// <summary>A trial that ended, or an epoch that it reported and went on after.</summary>
    private readonly record struct TrialNews(TrialEnd? End, int Number, int Step);
}
