using Sweep.Store;
using Sweep.Store.Processes;

namespace Sweep.Client.Rendering;

/// <summary>Tells how silos live.</summary>
internal static class SiloLives
{
    public static SiloLife Of(SiloStanding standing, bool isStoreLocal) =>
        DeathProof.Of(standing.Silo.Process, ProcessIdentities.Current(), isStoreLocal, new ProcessTable()).IsProved ? SiloLife.Dead
        : standing.LeaseIsOver ? SiloLife.Silent
        : SiloLife.Alive;

    /// <summary>Those that live, oldest first.</summary>
    public static async Task<IReadOnlyList<SiloRecord>> ListLivingAsync(IStore store, CancellationToken cancellationToken) =>
        [.. (await store.ListSilosAsync(cancellationToken)).Where(s => Of(s, store.IsLocal) == SiloLife.Alive).Select(s => s.Silo)];
}
