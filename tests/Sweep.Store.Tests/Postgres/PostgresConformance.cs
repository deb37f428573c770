using Sweep.Testing.Stores;

namespace Sweep.Store.Tests.Postgres;

public sealed class PostgresConformance : StoreConformance
{
    private PostgresDatabase? database;

    protected override async Task<StoreUnderTest> OpenAsync()
    {
        database ??= await PostgresDatabase.CreateAsync();
        var store = await database.OpenAsync();
        return new StoreUnderTest(store, store, store);
    }

    protected override async Task CleanUpAsync()
    {
        // What belongs to a trial or a checkpoint goes with it: nothing keeps it there but the writes.
        Assert.Equal(0L, await database!.ExecuteAsync<long>("""
            SELECT (SELECT count(*) FROM reports WHERE trial_id NOT IN (SELECT id FROM trials))
                + (SELECT count(*) FROM checkpoints WHERE trial_id NOT IN (SELECT id FROM trials))
                + (SELECT count(*) FROM checkpoint_chunks WHERE checkpoint_id NOT IN (SELECT id FROM checkpoints))
                + (SELECT count(*) FROM decisions WHERE trial_id NOT IN (SELECT id FROM trials))
                + (SELECT count(*) FROM events WHERE sweep_id NOT IN (SELECT id FROM sweeps))
                + (SELECT count(*) FROM writers)
            """));
        await database.DisposeAsync();
    }
}
