namespace Sweep.Store;

/// <summary>A store, open: what commands and silos need of it.</summary>
public interface IStore : ISweepStore, ISiloStore, IAsyncDisposable
{
    /// <summary>Whether it lives on one machine, with all that use it: then a silo of another boot is dead for sure.</summary>
    bool IsLocal { get; }
}
