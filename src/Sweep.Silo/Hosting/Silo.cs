using Serilog;
using Sweep.Grains;
using Sweep.Search.Trials;
using Sweep.Store;
using Sweep.Store.Processes;

namespace Sweep.Silo.Hosting;

/// <summary>
/// A silo: claims and trains trials of whatever sweeps the store holds, coordinates those that nobody does, and buries silos that died. Nothing but the
/// store connects it with others.
/// </summary>
/// <remarks>A silo that was buried, though it lived (it was stopped, or cut off from the store), begins again under a new incarnation.</remarks>
public sealed class Silo(IStore store, ISweepPreparer preparer, SiloOptions options, TimeProvider time, ILogger log)
{
    private volatile SiloTenure? _tenure;

    /// <summary>Called after the end of a trial, here or elsewhere, whose sweep is coordinated here, is durable and its consequences are written.</summary>
    public Action<TrialEnd>? OnTrialEnded { get; set; }

    /// <summary>Called when what a winner reached on the test set is durable.</summary>
    public Action<TrialRecord, TrialTest>? OnTested { get; set; }

    /// <summary>What each busy slot is doing.</summary>
    public IReadOnlyList<RunningTrial> Running() => _tenure?.Running() ?? [];

    /// <summary>Works until <paramref name="stop"/>, or until nothing is left to do where the options say so.</summary>
    /// <exception cref="SweepOwnedException">The one sweep that it is for is run by a living silo on a store of one machine.</exception>
    public async Task<SiloExit> RunAsync(CancellationToken stop)
    {
        while (true)
        {
            var process = ProcessIdentities.Current();
            var record = new SiloRecord(Guid.NewGuid(), options.Name ?? $"{process.Host}-{process.Pid}", process, options.Slots)
            {
                Labels = options.Labels,
                Lease = options.Lease,
            };
            await store.RegisterSiloAsync(record, stop);
            await using var tenure = new SiloTenure(record, options, store, preparer, this, time, log);
            SiloExit exit;
            try
            {
                if (options.Only is { } only && store.IsLocal)
                {
                    await tenure.RequireOwnershipAsync(only, stop);
                }

                _tenure = tenure;
                exit = await tenure.RunAsync(stop);
            }
            finally
            {
                _tenure = null;
                await store.RemoveSiloAsync(record.Incarnation, CancellationToken.None);
            }

            if (exit != SiloExit.Buried || stop.IsCancellationRequested)
            {
                return exit;
            }

            log.Warning("this silo was taken for dead and what it owned went to others; it begins again");
        }
    }
}
