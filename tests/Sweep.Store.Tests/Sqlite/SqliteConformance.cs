using Sweep.Store.Sqlite;
using Sweep.Testing.Stores;

namespace Sweep.Store.Tests.Sqlite;

public sealed class SqliteConformance : StoreConformance, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    protected override async Task<StoreUnderTest> OpenAsync()
    {
        var store = await SqliteStore.OpenAsync(folder.File(), TimeProvider.System, CancellationToken.None);
        return new StoreUnderTest(store, store, store);
    }

    protected override Task CleanUpAsync()
    {
        Assert.Equal("ok", SqliteChecks.Integrity(folder.File()));
        return Task.CompletedTask;
    }
}
