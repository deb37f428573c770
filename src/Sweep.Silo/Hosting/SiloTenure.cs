using Serilog;
using Sweep.Grains;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Silo.Hosting;

/// <summary>One incarnation of a silo, from its registration to its end: what it owns, it owns under this name alone.</summary>
internal sealed class SiloTenure : ICoordinatorHost, ISlotHost, IAsyncDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(50);

    private readonly SiloRecord _silo;
    private readonly SiloOptions _options;
    private readonly Silo _owner;
    private readonly SlotPool _pool;
    private readonly TrialClaims _claims;
    private readonly SiloLease _lease;
    private readonly SweepDesk _desk;
    private readonly Undertaker _undertaker;
    private readonly WakeUp _look = new();
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly TaskCompletionSource _slotsEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<long, Task<WriteResult>?> _unsaid = [];
    private long _lastLook;
    private Task _soon = Task.CompletedTask;
    private volatile IReadOnlyList<(long TrialId, int Attempt)> _inSlots = [];

    public SiloTenure(SiloRecord silo, SiloOptions options, IStore store, ISweepPreparer preparer, Silo owner, TimeProvider time, ILogger log)
    {
        (_silo, _options, _owner, Store, Time, Log) = (silo, options, owner, store, time, log);
        UsableSlots = silo.Slots;
        _pool = new SlotPool(silo.Slots, store, this, time, log);
        _claims = new TrialClaims(silo, store, _pool, isPatient: options.Only is null, time, log);
        _lease = new SiloLease(silo, store, time, log) { OnBeat = Beat, OnOver = _pool.StopAll };
        _desk = new SweepDesk(silo, options, store, preparer, this);
        _undertaker = new Undertaker(silo, store, _lease, time, log);
    }

    public IStore Store { get; }

    public TimeProvider Time { get; }

    public ILogger Log { get; }

    public int UsableSlots { get; private set; }

    public bool HasPeers { get; private set; }

    public bool PausesOnStop => _options.Only is not null;

    /// <summary>What each busy slot is doing.</summary>
    public IReadOnlyList<RunningTrial> Running() => _pool.Running();

    public bool Runs(long sweepId) => _claims.Runs(sweepId);

    public void LookAgain() => _look.Call();

    public void WorkWritten(long sweepId)
    {
        _claims.Refill(sweepId);
        if (HasPeers)
        {
            _ = Store.HintAsync(new StoreHint(StoreHintKind.Work, sweepId), CancellationToken.None);
        }
    }

    public void SweepReleased(long sweepId)
    {
        if (HasPeers)
        {
            _ = Store.HintAsync(new StoreHint(StoreHintKind.Command, sweepId), CancellationToken.None);
        }
    }

    public void TrialEnded(TrialEnd end) => _owner.OnTrialEnded?.Invoke(end);

    public void Tested(TrialRecord trial, TrialTest test) => _owner.OnTested?.Invoke(trial, test);

    /// <summary>Works until <paramref name="stop"/>, until nothing is left, or until the silo turns out to be buried.</summary>
    public async Task<SiloExit> RunAsync(CancellationToken stop)
    {
        var buried = _lease.RunAsync(_end.Token);
        var looking = LookAsync(_end.Token);
        var rest = Task.WhenAny(_claims.RunAsync(_end.Token), HintsAsync(_end.Token), _pool.Faulted.Unwrap()).Unwrap();
        var stopping = WaitAsync(stop);
        var first = await Task.WhenAny(buried, looking, rest, stopping);
        var exit = first == buried ? SiloExit.Buried : first == stopping ? SiloExit.Stopped : SiloExit.Idle;
        try
        {
            await first;
        }
        finally
        {
            await EndAsync(exit);
        }

        return _desk.Fault is { } fault && _options.Only is not null ? throw fault : exit;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _desk.Dispose();
        _pool.Dispose();
        _end.Dispose();
        _stopped.Dispose();
    }

    /// <summary>Becomes the coordinator of the one sweep it is for, before anything else: its owner is buried when it is proved dead.</summary>
    /// <exception cref="SweepOwnedException">The owner lives, or cannot be proved dead.</exception>
    public async Task RequireOwnershipAsync(SweepRecord sweep, CancellationToken cancellationToken)
    {
        while (await Store.FindSweepAsync(sweep.Name, cancellationToken) is { Owner: { } owner })
        {
            var living = await _undertaker.InspectAsync(
                [.. (await Store.ListSilosAsync(cancellationToken)).Where(s => s.Silo.Incarnation == owner.Incarnation)], cancellationToken);
            if (living.Count > 0)
            {
                throw new SweepOwnedException(sweep.Name, owner);
            }
        }
    }

    private static Task WaitAsync(CancellationToken token)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(asked.SetResult);
        return asked.Task;
    }

    private async Task EndAsync(SiloExit exit)
    {
        // The heart beats on while trials are being saved.
        _claims.Close();
        await _stopped.CancelAsync();
        if (exit != SiloExit.Buried && !await _pool.DrainAsync(_options.DrainTimeout))
        {
            Log.Warning("trials were not saved within {Timeout}: they are given back as they are", _options.DrainTimeout);
        }
        else if (exit == SiloExit.Buried)
        {
            await _pool.DrainAsync(_options.DrainTimeout);
        }

        _slotsEnded.TrySetResult();
        await _desk.EndAsync();
        await _end.CancelAsync();
    }

    /// <inheritdoc/>
    public void SlotEnded(SweepWork work, TrialEnd end)
    {
        _claims.Ended(work.Sweep.Id, end.Trial.Id, end.Trial.Attempt);
        if (_desk.CoordinatorOf(work.Sweep.Id) is { } coordinator)
        {
            coordinator.Tell(end);
        }
        else
        {
            HintResult(work.Sweep.Id, end.Durable);
        }
    }

    /// <inheritdoc/>
    public void EpochPassed(SweepWork work, TrialPlace place, int step)
    {
        if (_desk.CoordinatorOf(work.Sweep.Id) is { } coordinator)
        {
            coordinator.Tell(place, step);
        }
        else
        {
            HintResult(work.Sweep.Id, Task.FromResult(WriteResult.Written));
        }
    }

    /// <inheritdoc/>
    public bool GoesOnAfter(SweepWork work, TrialRecord trial, StoreException fault)
    {
        Log.Error("sweep {Sweep}: trial {Number} stops here, the store failed: {Message}", work.Sweep.Name, trial.Number, fault.Message);
        _claims.Ended(work.Sweep.Id, trial.Id, trial.Attempt);
        return _options.Only is null;
    }

    /// <summary>Hints the sweep's coordinator when a write is durable, and all before it are: who waits for each is woken as often.</summary>
    private void HintResult(long sweepId, Task<WriteResult> durable)
    {
        lock (_unsaid)
        {
            var isWaiting = _unsaid.ContainsKey(sweepId);
            _unsaid[sweepId] = durable;
            if (isWaiting)
            {
                return;
            }
        }

        // Not on the slot's thread.
        _ = Task.Run(() => HintResultsAsync(sweepId));
    }

    private async Task HintResultsAsync(long sweepId)
    {
        while (NextUnsaid(sweepId) is { } durable)
        {
            // Whoever waits for the write meets its fault; a hint is only a hint, and those after it are to be sent too.
            await Task.WhenAny(durable);
            await Store.HintAsync(new StoreHint(StoreHintKind.Result, sweepId), CancellationToken.None);
        }
    }

    private Task<WriteResult>? NextUnsaid(long sweepId)
    {
        lock (_unsaid)
        {
            var durable = _unsaid[sweepId];
            if (durable is null)
            {
                _unsaid.Remove(sweepId);
            }
            else
            {
                _unsaid[sweepId] = null;
            }

            return durable;
        }
    }

    private void Beat(SiloHoldings held, long sent)
    {
        _claims.Reconcile(held, _inSlots);
        _desk.Reconcile(held.Sweeps);
        _inSlots = _pool.InSlots();
    }

    private async Task HintsAsync(CancellationToken end)
    {
        await foreach (var hint in Store.HintsAsync(end))
        {
            if (hint.Kind == StoreHintKind.Command)
            {
                _look.Call();
                _lease.BeatNow();
            }
            else if (hint.Kind == StoreHintKind.Any)
            {
                LookSoon(end);
            }

            if (HasPeers && hint.Kind is StoreHintKind.Any or StoreHintKind.Work)
            {
                _claims.Refill(hint.SweepId);
            }

            if (hint.Kind is StoreHintKind.Any or StoreHintKind.Result)
            {
                foreach (var coordinator in hint.SweepId is { } id ? (_desk.CoordinatorOf(id) is { } one ? [one] : []) : _desk.Coordinators())
                {
                    coordinator.Hint();
                }
            }
        }
    }

    /// <summary>Looks again, a while after the last look.</summary>
    private void LookSoon(CancellationToken end)
    {
        if (_soon.IsCompleted)
        {
            var rest = ShortestLook - Time.GetElapsedTime(_lastLook);
            _soon = WaitAndLookAsync(rest > TimeSpan.Zero ? rest : TimeSpan.Zero);
        }

        async Task WaitAndLookAsync(TimeSpan rest)
        {
            await Task.WhenAny(Task.Delay(rest, Time, end));
            _look.Call();
        }
    }

    /// <summary>Looks after the store every second, or at a hint; ends when nothing is left to do.</summary>
    private async Task LookAsync(CancellationToken end)
    {
        while (true)
        {
            _lastLook = Time.GetTimestamp();
            try
            {
                if (await LookOnceAsync(end))
                {
                    return;
                }
            }
            catch (StoreException e) when (_options.Only is null)
            {
                Log.Warning("the store cannot be read: {Message}", e.Message);
            }

            await _look.WaitAsync(LookInterval, Time, end);
        }
    }

    private async Task<bool> LookOnceAsync(CancellationToken end)
    {
        var living = await _undertaker.InspectAsync(await Store.ListSilosAsync(end), end);
        HasPeers = living.Count > 1;
        UsableSlots = Math.Max(_silo.Slots, living.Sum(standing => standing.Silo.Slots));
        var usable = await _desk.LookAsync(_slotsEnded.Task, _stopped.Token, end);

        // A coordinator makes the work, so it would always be the first to claim: where others write beside it, it leaves them what their slots can do.
        _pool.Ahead = !Store.IsLocal && _desk.Coordinators().Count > 0 ? (double)_silo.Slots / UsableSlots : 1;
        _claims.Offer(usable);
        return _options.Only is not null && _desk.Fault is not null
            || ((_options.UntilIdle || _options.Only is not null) && !_desk.HasWork && _pool.Held == 0);
    }
}
