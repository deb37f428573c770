using Serilog;
using Sweep.Store;

namespace Sweep.Silo.Hosting;

/// <summary>Keeps a silo's lease: renews it with one heartbeat after another, and knows when it is over without asking anybody.</summary>
/// <remarks>
/// The deadline is this process's own, on its monotonic clock, counted from before the renewal was handed over: whatever happens on the way, the store's
/// lease lasts longer.
/// </remarks>
internal sealed class SiloLease(SiloRecord silo, IStore store, TimeProvider time, ILogger log)
{
    private readonly WakeUp _wanted = new();
    private readonly Lock _gate = new();
    private long _renewedAt = time.GetTimestamp();
    private long _inContactSince = time.GetTimestamp();
    private bool _isOver;

    /// <summary>Called with what the store holds, after each heartbeat, and with the time at which it was handed over.</summary>
    public required Action<SiloHoldings, long> OnBeat { get; init; }

    /// <summary>Called when the lease is over and was not renewed: whoever owns the trials now, they must not be trained here.</summary>
    public required Action OnOver { get; init; }

    /// <summary>For how long the store has been reached without a gap; none while a heartbeat is overdue.</summary>
    public TimeSpan InContact
    {
        get
        {
            lock (_gate)
            {
                // The next one was sent an interval after the last, and may be on its way for as long.
                return _isOver || time.GetElapsedTime(_renewedAt) > 2 * Interval ? TimeSpan.Zero : time.GetElapsedTime(_inContactSince);
            }
        }
    }

    private TimeSpan Interval => silo.Lease / 3;

    /// <summary>Sends a heartbeat now.</summary>
    public void BeatNow() => _wanted.Call();

    /// <summary>Renews the lease until <paramref name="end"/>; returns when the store does not know the silo any more.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        using var watch = time.CreateTimer(_ => Watch(), null, Interval / 4, Interval / 4);
        while (true)
        {
            var sent = time.GetTimestamp();
            SiloHoldings? held;
            try
            {
                held = await store.BeatAsync(silo.Incarnation, end);
            }
            catch (StoreException e)
            {
                log.Warning("the store cannot be reached: {Message}", e.Message);
                lock (_gate)
                {
                    _inContactSince = time.GetTimestamp();
                }

                await Task.Delay(Interval / 4, time, end);
                continue;
            }

            if (held is null)
            {
                return;
            }

            Renew(sent);
            OnBeat(held, sent);
            var rest = Interval - time.GetElapsedTime(sent);
            if (rest > TimeSpan.Zero)
            {
                await _wanted.WaitAsync(rest, time, end);
            }
        }
    }

    private void Renew(long sent)
    {
        lock (_gate)
        {
            // A heartbeat that took long says nothing about the time in which it was on its way.
            if (time.GetElapsedTime(sent) > Interval)
            {
                _inContactSince = time.GetTimestamp();
            }

            if (_isOver && time.GetElapsedTime(sent) < silo.Lease)
            {
                _isOver = false;
                _inContactSince = time.GetTimestamp();
                log.Information("the store is back, the lease renewed");
            }

            _renewedAt = sent;
        }
    }

    private void Watch()
    {
        lock (_gate)
        {
            if (_isOver || time.GetElapsedTime(_renewedAt) < silo.Lease)
            {
                return;
            }

            _isOver = true;
        }

        log.Warning("the lease of {Lease} is over and the store was not reached: training stops until it is", silo.Lease);
        OnOver();
    }
}
