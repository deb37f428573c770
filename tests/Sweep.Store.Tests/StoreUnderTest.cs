namespace Sweep.Store.Tests;

/// <summary>One process's view of a store: several may be open on the same place.</summary>
public sealed record StoreUnderTest(ISweepStore Sweeps, ISiloStore Silos, IAsyncDisposable Handle) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Handle.DisposeAsync();
}
