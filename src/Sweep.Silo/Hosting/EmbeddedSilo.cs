using Serilog;
using Sweep.Grains.Grains;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Silo.Leases;

namespace Sweep.Silo.Hosting;

/// <summary>A silo inside the command's own process: registered while it works, so that others can tell whether it lives.</summary>
public sealed class EmbeddedSilo(ISweepStore sweeps, ISiloStore store, int slots, TimeProvider time, ILogger log)
{
    private readonly SiloRecord _silo = Register(slots);

    /// <summary>
    /// Becomes the coordinator of a sweep: at once when nobody is, after burying the owner when it is proved dead.
    /// </summary>
    /// <exception cref="SweepOwnedException">Its owner lives, or cannot be proved dead.</exception>
    public async Task<long> ActivateAsync(SweepRecord sweep, CancellationToken cancellationToken)
    {
        await store.RegisterSiloAsync(_silo, cancellationToken);
        try
        {
            while (true)
            {
                var activation = await store.ActivateSweepAsync(sweep.Id, _silo.Incarnation, cancellationToken);
                if (activation.Term is { } term)
                {
                    log.Information("sweep {Sweep}: coordinated here, term {Term}", sweep.Name, term);
                    return term;
                }

                var owner = activation.Owner!;
                var (proof, rescued) = await DeadOwners.BuryAsync(store, sweep.Name, owner, _silo.Process, cancellationToken);
                log.Information(
                    "silo {Silo} (pid {Pid}) is dead: {Proof}; {Count} trials rescued",
                    owner.Name, owner.Process.Pid, proof, rescued);
            }
        }
        catch
        {
            await store.RemoveSiloAsync(_silo.Incarnation, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Prepares the run of an activated sweep.</summary>
    public SweepRun Prepare(SweepRecord sweep, SweepSpec spec, ITrainingFactory trainings, string numericsProfile) =>
        new(sweep, spec, sweeps, store, _silo, trainings, numericsProfile, time, log);

    /// <summary>Takes the silo out of the store.</summary>
    public Task LeaveAsync() => store.RemoveSiloAsync(_silo.Incarnation, CancellationToken.None);

    private static SiloRecord Register(int slots)
    {
        var process = ProcessIdentities.Current();
        return new SiloRecord(Guid.NewGuid(), $"{process.Host}-{process.Pid}", process, slots);
    }
}
