using Serilog;
using Sweep.Search;
using Sweep.Search.Spec;
using Sweep.Store;

namespace Sweep.Silo.Hosting;

/// <summary>
/// The sweeps that a silo works on: makes each ready once, coordinates those that nobody does, and says which ones its slots may claim from.
/// </summary>
internal sealed class SweepDesk(SiloRecord silo, SiloOptions options, IStore store, ISweepPreparer preparer, ICoordinatorHost host) : IDisposable
{
    // The answer to an activation is on its way for less.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);

    private readonly Dictionary<long, Entry> _entries = [];
    private readonly Dictionary<HeldSweep, long> _unknown = [];
    private readonly Lock _gate = new();

    /// <summary>Whether something is open for this silo, or about to be.</summary>
    public bool HasWork { get; private set; } = true;

    /// <summary>Hands news to the coordinator of a sweep, if it is here.</summary>
    public SweepCoordinator? CoordinatorOf(long sweepId)
    {
        lock (_gate)
        {
            return _entries.GetValueOrDefault(sweepId)?.Coordinator;
        }
    }

    public IReadOnlyList<SweepCoordinator> Coordinators()
    {
        lock (_gate)
        {
            return [.. _entries.Values.Select(entry => entry.Coordinator).OfType<SweepCoordinator>()];
        }
    }

    /// <summary>Looks at the open sweeps; returns those to claim from.</summary>
    public async Task<IReadOnlyList<(OpenSweep Sweep, SweepWork Work, CancellationToken Stop)>> LookAsync(
        Task slotsEnded, CancellationToken stopped, CancellationToken end)
    {
        var open = (await store.ListOpenSweepsAsync(end)).Where(sweep => options.Only is not { } only || only.Id == sweep.SweepId).ToList();
        Close(open);
        var usable = new List<(OpenSweep, SweepWork, CancellationToken)>();
        var anything = false;
        foreach (var sweep in open)
        {
            var entry = EntryOf(sweep);
            var standing = await StandingAsync(sweep, entry, end);
            anything |= standing != Standing.NotForThisSilo;
            if (standing == Standing.Usable)
            {
                if (!sweep.HasOwner && entry.Coordinating is not { IsCompleted: false })
                {
                    await ActivateAsync(sweep, entry, slotsEnded, stopped, end);
                }

                usable.Add((sweep, entry.Work!, entry.Closed.Token));
            }
        }

        HasWork = anything || Coordinators().Count > 0;
        return usable;
    }

    /// <summary>Waits until every coordinator has let go of its sweep.</summary>
    public Task EndAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_entries.Values.Select(entry => entry.Coordinating ?? Task.CompletedTask));
        }
    }

    /// <summary>The first coordinator that ended with a fault.</summary>
    public Exception? Fault { get; private set; }

    public void Dispose()
    {
        foreach (var entry in _entries.Values)
        {
            Release(entry);
        }
    }

    /// <summary>Gives back sweeps that the store holds for this silo and that nobody coordinates here: an activation whose answer was lost, a coordinator that failed.</summary>
    public void Reconcile(IReadOnlyList<HeldSweep> held)
    {
        lock (_gate)
        {
            foreach (var gone in _unknown.Keys.Except(held).ToList())
            {
                _unknown.Remove(gone);
            }

            foreach (var sweep in held.Where(sweep => _entries.GetValueOrDefault(sweep.SweepId)?.Coordinating is not { IsCompleted: false }))
            {
                if (_unknown.TryAdd(sweep, host.Time.GetTimestamp()) || host.Time.GetElapsedTime(_unknown[sweep]) < AnswerTime)
                {
                    continue;
                }

                _ = store.WriteAsync(new CoordinatorUnit(sweep.SweepId, sweep.Term) { Release = true }, CancellationToken.None);
            }
        }
    }

    /// <summary>Lets go of sweeps that are over, paused or gone, once nothing of theirs runs here.</summary>
    private void Close(List<OpenSweep> open)
    {
        lock (_gate)
        {
            foreach (var (id, entry) in _entries.Where(entry => open.TrueForAll(sweep => sweep.SweepId != entry.Key)).ToList())
            {
                if (!entry.Closed.IsCancellationRequested)
                {
                    entry.Closed.Cancel();
                }

                if (entry.Coordinating is not { IsCompleted: false } && entry.Preparing is not { IsCompleted: false } && !host.Runs(id))
                {
                    _entries.Remove(id);
                    Release(entry);
                }
            }
        }
    }

    private Entry EntryOf(OpenSweep sweep)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(sweep.SweepId, out var entry) && !entry.Closed.IsCancellationRequested)
            {
                return entry;
            }

            // Opened again while what was stopped before is still on its way out: that work can go on.
            return _entries[sweep.SweepId] = entry?.Reopen() ?? new Entry();
        }
    }

    private async Task<Standing> StandingAsync(OpenSweep sweep, Entry entry, CancellationToken end)
    {
        if (!SiloLabels.Suit(silo.Labels, sweep.Name, sweep.Placement.Requires))
        {
            return Standing.NotForThisSilo;
        }

        if (entry.Preparing is null)
        {
            entry.Preparing = PrepareAsync(sweep, end);
            _ = entry.Preparing.ContinueWith(_ => host.LookAgain(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        // Data may take a while to load; a command that waits for this one sweep has them already.
        if (!entry.Preparing.IsCompleted && options.Only is null)
        {
            return Standing.BeingMadeReady;
        }

        var (work, refusal) = await entry.Preparing;
        entry.Work = work;
        if (work is not null && sweep.Placement.Numerics is { Length: > 0 } pinned && pinned != work.NumericsProfile)
        {
            refusal = $"its trials are kept on another numerics profile than that of this silo: {pinned}";
        }

        if (refusal != entry.Refusal)
        {
            entry.Refusal = refusal;
            await store.RefuseSweepAsync(sweep.SweepId, silo.Incarnation, refusal, end);
            if (refusal is not null)
            {
                host.Log.Warning("sweep {Sweep} is left alone: {Reason}", sweep.Name, refusal);
            }
        }

        return refusal is null ? Standing.Usable : Standing.NotForThisSilo;
    }

    private async Task<(SweepWork? Work, string? Refusal)> PrepareAsync(OpenSweep sweep, CancellationToken end)
    {
        try
        {
            var record = options.Only ?? await store.FindSweepAsync(sweep.Name, end) ?? throw new SweepException("it was deleted");
            return (await preparer.PrepareAsync(record, end), null);
        }
        catch (SweepException e) when (e is not StoreException && options.Only is null)
        {
            return (null, e.Message);
        }
    }

    private async Task ActivateAsync(OpenSweep sweep, Entry entry, Task slotsEnded, CancellationToken stopped, CancellationToken end)
    {
        var activation = await store.ActivateSweepAsync(sweep.SweepId, silo.Incarnation, end);
        if (activation.Term is not { } term)
        {
            return;
        }

        host.Log.Information("sweep {Sweep}: coordinated here, term {Term}", sweep.Name, term);

        // A user's change may have come since it was made ready: how many trials there are to be.
        var record = (await store.SummarizeAsync(sweep.SweepId, end)).Sweep;
        var coordinator = new SweepCoordinator(entry.Work! with { Sweep = record, Spec = entry.Work.Spec.Extended(record.More) }, term, activation.Age, host);
        lock (_gate)
        {
            entry.Coordinator = coordinator;
            entry.Coordinating = Task.Run(() => CoordinateAsync(entry, coordinator, slotsEnded, stopped), CancellationToken.None);
        }
    }

    private async Task CoordinateAsync(Entry entry, SweepCoordinator coordinator, Task slotsEnded, CancellationToken stopped)
    {
        try
        {
            await coordinator.RunAsync(slotsEnded, stopped);
        }
#pragma warning disable CA1031 // One sweep's fault is not another's: it is told, and the sweep is tried again here or elsewhere.
        catch (Exception e)
#pragma warning restore CA1031
        {
            host.Log.Error("a sweep cannot be coordinated here: {Message}", e.Message);
            Fault ??= e;
        }
        finally
        {
            lock (_gate)
            {
                entry.Coordinator = null;
            }

            host.LookAgain();
        }
    }

    private void Release(Entry entry)
    {
        entry.Closed.Dispose();
        if (entry.Work is { } work)
        {
            preparer.Release(work);
        }
    }

    private enum Standing
    {
        NotForThisSilo,
        BeingMadeReady,
        Usable,
    }

    private sealed class Entry
    {
        public Task<(SweepWork? Work, string? Refusal)>? Preparing { get; set; }

        public SweepWork? Work { get; set; }

        public string? Refusal { get; set; }

        public SweepCoordinator? Coordinator { get; set; }

        public Task? Coordinating { get; set; }

        /// <summary>Cancelled when the sweep is not open any more.</summary>
        public CancellationTokenSource Closed { get; private set; } = new();

        public Entry Reopen()
        {
            Closed.Dispose();
            Closed = new CancellationTokenSource();
            return this;
        }
    }
}
