using System.Threading.Channels;
using Serilog;
using Sweep.Grains;
using Sweep.Search.Trials;
using Sweep.Silo.Execution;
using Sweep.Store;

namespace Sweep.Silo.Hosting;

/// <summary>The slots of a silo: each trains one claimed trial after another, on a thread of its own.</summary>
internal sealed class SlotPool : IDisposable
{
    private readonly ISiloStore _store;
    private readonly ISlotHost _host;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Channel<Job> _queue = Channel.CreateUnbounded<Job>();
    private readonly Job?[] _running;
    private readonly List<Task> _slots;
    private readonly RecentCount _recent;
    private readonly Lock _gate = new();
    private CancellationTokenSource _training = new();
    private int _held;

    public SlotPool(int slots, ISiloStore store, ISlotHost host, TimeProvider time, ILogger log)
    {
        (_store, _host, _time, _log) = (store, host, time, log);
        _running = new Job?[slots];
        _recent = new RecentCount(time, RecentCount.Span);
        _slots = [.. Enumerable.Range(0, slots).Select(RunSlotAsync)];
    }

    /// <summary>Trials that are running or queued.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Completes, with its fault, when a slot cannot go on.</summary>
    public Task<Task> Faulted => Task.WhenAny(_slots);

    /// <summary>The part of what it could work off soon that is claimed ahead, from 0 to 1.</summary>
    public double Ahead { get; set; } = 1;

    /// <summary>
    /// How many trials may be claimed now: for the free slots, and ahead as many as end in a tenth of a second, by those that ended in the last one and did not
    /// take longer: what is claimed ahead gets to a slot in about that time.
    /// </summary>
    public int Room()
    {
        lock (_gate)
        {
            return _running.Length + (int)(Ahead * _recent.Expected()) - _held;
        }
    }

    public void Enqueue(SweepWork work, ClaimedTrial claimed, CancellationToken stop)
    {
        Interlocked.Increment(ref _held);
        lock (_gate)
        {
            _queue.Writer.TryWrite(new Job(work, claimed, CancellationTokenSource.CreateLinkedTokenSource(_training.Token, stop)));
        }
    }

    /// <summary>What each busy slot is doing.</summary>
    public IReadOnlyList<RunningTrial> Running()
    {
        var busy = new List<RunningTrial>(_running.Length);
        for (var i = 0; i < _running.Length; i++)
        {
            if (Volatile.Read(ref _running[i])?.Grain is { } grain)
            {
                busy.Add(new RunningTrial(grain.Trial, grain.LastReport, (grain.Training as IReportsProgress)?.Progress));
            }
        }

        return busy;
    }

    /// <summary>The trials in the slots, as (trial, attempt).</summary>
    public IReadOnlyList<(long TrialId, int Attempt)> InSlots() => [.. Jobs().Select(job => job.Key)];

    /// <summary>Stops one trial at its next step, if a slot runs it: it is checkpointed and given back.</summary>
    public void Stop((long TrialId, int Attempt) trial)
    {
        foreach (var job in Jobs().Where(job => job.Key == trial))
        {
            job.Stop.Cancel();
        }
    }

    /// <summary>Stops what is running and gives back what is queued; what is queued later runs again.</summary>
    public void StopAll()
    {
        CancellationTokenSource stopped;
        lock (_gate)
        {
            (stopped, _training) = (_training, new CancellationTokenSource());
        }

        stopped.Cancel();
    }

    /// <summary>Stops everything for good, and waits for it.</summary>
    /// <returns>False when that took too long.</returns>
    public async Task<bool> DrainAsync(TimeSpan limit)
    {
        _queue.Writer.TryComplete();
        StopAll();
        try
        {
            await Task.WhenAll(_slots).WaitAsync(limit, _time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (StoreException e)
        {
            _log.Error("a trial could not be given back: {Message}", e.Message);
            return true;
        }
    }

    public void Dispose() => _training.Dispose();

    private IEnumerable<Job> Jobs() => Enumerable.Range(0, _running.Length).Select(i => Volatile.Read(ref _running[i])).OfType<Job>();

    private async Task RunSlotAsync(int slot)
    {
        using var thread = new SlotScheduler($"slot {slot}");
        await thread.RunAsync(() => TrainAsync(slot), CancellationToken.None).ConfigureAwait(false);
    }

    // On the slot's own thread, from one trial to the next.
    private async Task<bool> TrainAsync(int slot)
    {
        await foreach (var job in _queue.Reader.ReadAllAsync())
        {
            using var stop = job.Stop;
            var begun = _time.GetTimestamp();
            try
            {
                _host.SlotEnded(job.Work, await RunAsync(slot, job));
            }
            catch (StoreException e) when (_host.GoesOnAfter(job.Work, job.Claimed.Trial, e))
            {
                // The heartbeat finds the trial held by a silo that does not know it, and gives it back.
            }
            finally
            {
                Volatile.Write(ref _running[slot], null);
                Interlocked.Decrement(ref _held);
                if (_time.GetElapsedTime(begun) < RecentCount.Span)
                {
                    lock (_gate)
                    {
                        _recent.Add(1, begun);
                    }
                }
            }
        }

        return true;
    }

    private async Task<TrialEnd> RunAsync(int slot, Job job)
    {
        var trial = job.Claimed.Trial;
        if (job.Stop.IsCancellationRequested)
        {
            var outcome = new TrialOutcome(TrialState.Waiting);
            return new TrialEnd(
                trial, outcome, null, _store.WriteAsync(new OwnerUnit(trial.Id, trial.Attempt) { Outcome = outcome }, CancellationToken.None));
        }

        var grain = new TrialGrain(job.Work.Spec, job.Claimed, job.Work.Trainings, WriterOf(job.Work, trial), _time);
        job.Grain = grain;
        Volatile.Write(ref _running[slot], job);
        var end = await grain.RunAsync(job.Stop.Token);
        _log.Debug(
            "sweep {Sweep}: trial {Number} attempt {Attempt} ended as {State} {Reason}",
            job.Work.Sweep.Name, trial.Number, trial.Attempt, end.Outcome.State, end.Outcome.Reason);
        return end;
    }

    /// <summary>How a trial's units are written. A search in a virtual order is told of each epoch, once it is durable: others may have waited for it.</summary>
    private Func<OwnerUnit, Task<WriteResult>> WriterOf(SweepWork work, TrialRecord trial)
    {
        return work.Spec.Search.IsVirtual ? WriteAndTellAsync : unit => _store.WriteAsync(unit, CancellationToken.None);

        async Task<WriteResult> WriteAndTellAsync(OwnerUnit unit)
        {
            // Not back to the slot's thread, which is training.
            var written = await _store.WriteAsync(unit, CancellationToken.None).ConfigureAwait(false);
            if (written == WriteResult.Written && unit is { Report: { } report, Outcome: null })
            {
                _host.EpochPassed(work, new TrialPlace(trial.Number, trial.Replicate), report.Step);
            }

            return written;
        }
    }

    private sealed record Job(SweepWork Work, ClaimedTrial Claimed, CancellationTokenSource Stop)
    {
        public TrialGrain? Grain { get; set; }

        public (long TrialId, int Attempt) Key => (Claimed.Trial.Id, Claimed.Trial.Attempt);
    }
}
