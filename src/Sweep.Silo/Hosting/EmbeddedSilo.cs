using Serilog;
using Sweep.Grains;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;
using Sweep.Store.Processes;

namespace Sweep.Silo.Hosting;

/// <summary>A silo inside a command's own process, for one sweep, to its end.</summary>
public sealed class EmbeddedSilo(IStore store, SweepWork work, int slots, TimeProvider time, ILogger log)
{
    private readonly Silo _silo = new(store, new PreparedSweep(work), new SiloOptions(slots) { Only = work.Sweep, Labels = SiloLabels.Only(work.Sweep.Name) }, time, log);

    /// <inheritdoc cref="Silo.OnTrialEnded"/>
    public Action<TrialEnd>? OnTrialEnded
    {
        get => _silo.OnTrialEnded;
        set => _silo.OnTrialEnded = value;
    }

    /// <inheritdoc cref="Silo.OnTested"/>
    public Action<TrialRecord, TrialTest>? OnTested
    {
        get => _silo.OnTested;
        set => _silo.OnTested = value;
    }

    /// <inheritdoc cref="Silo.Running"/>
    public IReadOnlyList<RunningTrial> Running() => _silo.Running();

    /// <summary>Makes sure, before anything is changed, that nobody runs the sweep on a store of one machine.</summary>
    /// <exception cref="SweepOwnedException">A process does that lives, or cannot be proved dead.</exception>
    public static void RequireNoLivingOwner(IStore store, SweepRecord sweep)
    {
        if (store.IsLocal && sweep.Owner is { } owner
            && !DeathProof.Of(owner.Process, ProcessIdentities.Current(), isStoreLocal: true, new ProcessTable()).IsProved)
        {
            throw new SweepOwnedException(sweep.Name, owner);
        }
    }

    /// <summary>Runs the sweep until it is over, paused or canceled by somebody, or until <paramref name="stop"/>, which pauses it.</summary>
    /// <exception cref="SweepOwnedException">On a store of one machine: a living process runs it.</exception>
    public async Task<RunOutcome> RunAsync(CancellationToken stop)
    {
        await store.ChangeSweepAsync(work.Sweep.Id, SweepChange.Resume, CancellationToken.None);
        await _silo.RunAsync(stop);
        return (await store.FindSweepAsync(work.Sweep.Name, CancellationToken.None))?.State switch
        {
            SweepState.Completed => RunOutcome.Completed,
            SweepState.Failed => RunOutcome.Failed,
            SweepState.Canceled or null => RunOutcome.Canceled,
            SweepState.Paused => RunOutcome.Stopped,
            _ => RunOutcome.Lost,
        };
    }
}
