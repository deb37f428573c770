using Serilog;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Silo.Hosting;

/// <summary>
/// Claims trials for the free slots: of the sweeps of the highest priority first, among those of one priority from the one that runs the fewest.
/// </summary>
internal sealed class TrialClaims(SiloRecord silo, IStore store, SlotPool pool, bool isPatient, TimeProvider time, ILogger log)
{
    // The answer to a claim is on its way for less.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);

    // A store that cannot be written (a full disk) is not asked all the time.
    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Source> _sources = [];
    private readonly WakeUp _wake = new();
    private readonly HashSet<(long, int)> _known = [];
    private readonly Dictionary<(long TrialId, int Attempt), long> _unknown = [];
    private readonly Dictionary<long, int> _held = [];
    private (long TrialId, int Attempt)? _suspect;
    private bool _isClosed;

    /// <summary>Takes in how sweeps stand that this silo can run; others are left alone from now on.</summary>
    public void Offer(IReadOnlyList<(OpenSweep Sweep, SweepWork Work, CancellationToken Stop)> sweeps)
    {
        lock (_gate)
        {
            foreach (var gone in _sources.Keys.Except(sweeps.Select(s => s.Sweep.SweepId)).ToList())
            {
                _sources.Remove(gone);
            }

            foreach (var (sweep, work, stop) in sweeps)
            {
                // What was said since the look was taken counts too.
                var wasDry = _sources.TryGetValue(sweep.SweepId, out var before) && before.IsDry;
                _sources[sweep.SweepId] = new Source(sweep, work, stop) { IsDry = wasDry && !sweep.HasWaiting, LastClaim = before?.LastClaim ?? 0 };
            }
        }

        _wake.Call();
    }

    /// <summary>Claims nothing any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    /// <summary>Whether trials of a sweep are held or run here.</summary>
    public bool Runs(long sweepId)
    {
        lock (_gate)
        {
            return _held.GetValueOrDefault(sweepId) > 0;
        }
    }

    /// <summary>There may be trials to claim again.</summary>
    /// <param name="sweepId">Of which sweep; null for all.</param>
    public void Refill(long? sweepId)
    {
        lock (_gate)
        {
            foreach (var source in _sources.Values.Where(s => sweepId is null || s.Sweep.SweepId == sweepId))
            {
                source.IsDry = false;
            }
        }

        _wake.Call();
    }

    /// <summary>A trial ended here, or was given back: there is room.</summary>
    public void Ended(long sweepId, long trialId, int attempt)
    {
        lock (_gate)
        {
            if (_known.Remove((trialId, attempt)))
            {
                _held[sweepId]--;
            }

            if (_suspect == (trialId, attempt))
            {
                _suspect = null;
            }

            if (_sources.TryGetValue(sweepId, out var source))
            {
                source.Running--;
                source.IsDry &= source.Sweep.Placement.Slots is null;
            }
        }

        _wake.Call();
    }

    /// <summary>
    /// Compares what the store holds for this silo with what it knows: trials that it does not know, and still does not a while later, are given back (a claim whose answer
    /// was lost), those that the store does not list any more are stopped.
    /// </summary>
    /// <param name="before">What slots ran when the heartbeat was sent.</param>
    public void Reconcile(SiloHoldings held, IReadOnlyList<(long TrialId, int Attempt)> before)
    {
        var listed = held.Trials.Select(t => (t.TrialId, t.Attempt)).ToHashSet();
        List<(long, int)> lost;
        lock (_gate)
        {
            foreach (var pair in _unknown.Keys.Where(pair => !listed.Contains(pair) || _known.Contains(pair)).ToList())
            {
                _unknown.Remove(pair);
            }

            foreach (var pair in listed.Where(pair => !_known.Contains(pair)))
            {
                _unknown.TryAdd(pair, time.GetTimestamp());
            }

            lost = [.. _unknown.Where(pair => time.GetElapsedTime(pair.Value) > AnswerTime).Select(pair => pair.Key)];
        }

        foreach (var (trial, attempt) in lost)
        {
            log.Information("trial {Trial} attempt {Attempt} is held for this silo, which does not know it: given back", trial, attempt);
            _ = store.WriteAsync(
                new OwnerUnit(trial, attempt) { Outcome = new TrialOutcome(TrialState.Waiting, "claimed without an answer") }, CancellationToken.None);
        }

        foreach (var stopped in before.Where(pair => !listed.Contains(pair)).Concat(held.Trials.Where(t => !t.IsWanted).Select(t => (t.TrialId, t.Attempt))))
        {
            pool.Stop(stopped);
        }
    }

    /// <summary>Fills slots until <paramref name="end"/>.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        while (true)
        {
            try
            {
                while (pool.Room() is > 0 and var room && Choose() is { } source)
                {
                    await ClaimAsync(source, room, end);
                }

                if (pool.Held == 0)
                {
                    await ClaimSuspectAsync(end);
                }
            }
            catch (StoreException e) when (isPatient)
            {
                log.Error("trials cannot be claimed: {Message}", e.Message);
                await Task.Delay(FaultPause, time, end);
                Refill(null);
            }

            await _wake.WaitAsync(Timeout.InfiniteTimeSpan, time, end);
        }
    }

    private Source? Choose()
    {
        lock (_gate)
        {
            return _suspect is not null || _isClosed
                ? null
                : _sources.Values.Where(s => !s.IsDry && !s.Stop.IsCancellationRequested)
                    .OrderByDescending(s => s.Sweep.Placement.Priority).ThenBy(s => s.Running).ThenBy(s => s.LastClaim).ThenBy(s => s.Sweep.SweepId).FirstOrDefault();
        }
    }

    private async Task ClaimAsync(Source source, int room, CancellationToken end)
    {
        int count;
        lock (_gate)
        {
            // Others of the same priority get their share of the room.
            var rivals = _sources.Values.Count(s => !s.IsDry && s.Sweep.Placement.Priority == source.Sweep.Placement.Priority);
            count = Math.Max(1, room / Math.Max(1, rivals));

            // Whatever becomes trials to claim from now on is seen by this claim, or says so.
            source.IsDry = true;
            source.LastClaim = time.GetTimestamp();
        }

        var claimed = await store.ClaimTrialsAsync(source.Sweep.SweepId, silo.Incarnation, source.Work.NumericsProfile, count, end);
        lock (_gate)
        {
            source.IsDry &= claimed.Count < count;
            source.Running += claimed.Count;
        }

        foreach (var trial in claimed)
        {
            await EnqueueAsync(source, trial, end);
        }
    }

    private async Task ClaimSuspectAsync(CancellationToken end)
    {
        Source? source;
        lock (_gate)
        {
            source = _isClosed ? null : _sources.Values.FirstOrDefault(s => s.HasSuspects && !s.Stop.IsCancellationRequested);
        }

        if (source is null)
        {
            return;
        }

        source.HasSuspects = false;
        if (await store.ClaimSuspectAsync(source.Sweep.SweepId, silo.Incarnation, source.Work.NumericsProfile, end) is { } trial)
        {
            lock (_gate)
            {
                _suspect = (trial.Trial.Id, trial.Trial.Attempt);
                source.Running++;
            }

            log.Information(
                "sweep {Sweep}: trial {Number} runs alone, {Deaths} silos died while it ran", source.Sweep.Name, trial.Trial.Number, trial.Trial.Deaths);
            await EnqueueAsync(source, trial, end);
        }
    }

    private async Task EnqueueAsync(Source source, ClaimedTrial claimed, CancellationToken end)
    {
        lock (_gate)
        {
            _known.Add((claimed.Trial.Id, claimed.Trial.Attempt));
            _held[claimed.Trial.SweepId] = _held.GetValueOrDefault(claimed.Trial.SweepId) + 1;
        }

        // Rules that look back count from the first epoch on, whoever trained it.
        if (source.Work.Spec.Search.Rules.Patience is not null && claimed.LastReport is not null)
        {
            claimed = claimed with { EarlierReports = await store.ListReportsAsync(claimed.Trial.Id, end) };
        }

        pool.Enqueue(source.Work, claimed, source.Stop);
    }

    /// <summary>A sweep to claim from.</summary>
    private sealed class Source(OpenSweep sweep, SweepWork work, CancellationToken stop)
    {
        public OpenSweep Sweep => sweep;

        public SweepWork Work => work;

        public CancellationToken Stop => stop;

        /// <summary>Trials that run, as far as is known since the last look.</summary>
        public int Running { get; set; } = sweep.Running;

        /// <summary>When it had its turn: of two that run as many, the other one is next.</summary>
        public long LastClaim { get; set; }

        public bool HasSuspects { get; set; } = sweep.HasSuspects;

        /// <summary>Whether nothing was there to claim the last time.</summary>
        public bool IsDry { get; set; }
    }
}
