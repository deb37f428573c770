using Sweep.Store;
using Sweep.Store.Processes;

namespace Sweep.Client.Rendering;

/// <summary>The health of a registered silo, as far as this process can determine it.</summary>
internal enum SiloHealth
{
    /// <summary>Its last heartbeat is not older than its lease.</summary>
    Alive,

    /// <summary>Its last heartbeat is older than its lease: dead, stopped, or disconnected from the store.</summary>
    Silent,

    /// <summary>Its process has ended.</summary>
    Dead,
}

/// <summary>Determines the health of silos.</summary>
internal static class SiloHealthCheck
{
    public static SiloHealth Of(SiloStanding standing, bool isStoreLocal) =>
        DeathProof.Of(standing.Silo.Process, ProcessIdentities.Current(), isStoreLocal, new ProcessTable()).IsProved ? SiloHealth.Dead
        : standing.LeaseIsOver ? SiloHealth.Silent
        : SiloHealth.Alive;

    /// <summary>The live silos, oldest first.</summary>
    public static async Task<IReadOnlyList<SiloRecord>> ListLiveAsync(IStore store, CancellationToken cancellationToken) =>
        [.. (await store.ListSilosAsync(cancellationToken)).Where(s => Of(s, store.IsLocal) == SiloHealth.Alive).Select(s => s.Silo)];
}
