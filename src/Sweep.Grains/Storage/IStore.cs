namespace Sweep.Grains.Storage;

/// <summary>A store, open: what commands and silos need of it.</summary>
public interface IStore : ISweepStore, ISiloStore, IAsyncDisposable;
