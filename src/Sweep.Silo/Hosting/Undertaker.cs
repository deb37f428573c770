using Serilog;
using Sweep.Store;
using Sweep.Store.Processes;

namespace Sweep.Silo.Hosting;

/// <summary>Takes silos out of the store that are dead: by proof where there is one, by time where there is none.</summary>
internal sealed class Undertaker(SiloRecord self, IStore store, SiloLease lease, TimeProvider time, ILogger log)
{
    // Clocks of two machines drift apart by less than this between two looks.
    private static readonly TimeSpan Drift = TimeSpan.FromSeconds(1);

    private readonly ProcessTable _processes = new();
    private readonly Dictionary<Guid, (TimeSpan BeatAt, TimeSpan NotBefore)> _seen = [];
    private readonly long _start = time.GetTimestamp();

    /// <summary>Buries those of the silos that are dead; returns the living.</summary>
    public async Task<IReadOnlyList<SiloStanding>> InspectAsync(IReadOnlyList<SiloStanding> silos, CancellationToken cancellationToken)
    {
        var living = new List<SiloStanding>(silos.Count);
        foreach (var standing in silos)
        {
            if (standing.Silo.Incarnation == self.Incarnation || !await BuryAsync(standing, cancellationToken))
            {
                living.Add(standing);
            }
        }

        return living;
    }

    private async Task<bool> BuryAsync(SiloStanding standing, CancellationToken cancellationToken)
    {
        var silo = standing.Silo;
        var proof = DeathProof.Of(silo.Process, self.Process, store.IsLocal, _processes);
        if (proof.IsProved)
        {
            var rescued = await store.BurySiloAsync(silo.Incarnation, proof.Reason, cancellationToken);
            log.Information("silo {Silo} (pid {Pid}) is dead: {Proof}; {Count} trials rescued", silo.Name, silo.Process.Pid, proof.Reason, rescued);
            return true;
        }

        if (!MayBuryByTime(standing) || await store.BuryExpiredSiloAsync(silo.Incarnation, cancellationToken) is not { } taken)
        {
            return false;
        }

        log.Information(
            "silo {Silo} was not heard of for {Seconds:0.0} s, its lease is over; {Count} trials rescued", silo.Name, standing.SinceBeat.TotalSeconds, taken);
        return true;
    }

    /// <summary>
    /// Only who has reached the store without a gap for a whole lease may judge by time. And when the time of the last heartbeat moves back, the server's
    /// clock was set forward: that silo gets a whole lease from there.
    /// </summary>
    private bool MayBuryByTime(SiloStanding standing)
    {
        var now = time.GetElapsedTime(_start);
        var beatAt = now - standing.SinceBeat;
        var (before, notBefore) = _seen.GetValueOrDefault(standing.Silo.Incarnation, (beatAt, TimeSpan.Zero));
        if (beatAt < before - Drift)
        {
            notBefore = now + standing.Silo.Lease;
        }

        _seen[standing.Silo.Incarnation] = (beatAt, notBefore);
        return standing.LeaseIsOver && now >= notBefore && lease.InContact >= standing.Silo.Lease;
    }
}
