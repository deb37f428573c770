using Sweep.Store.Processes;
using Sweep.Store.Sqlite;
using Sweep.Testing.Stores;

namespace Sweep.Store.Tests.Sqlite;

/// <summary>Leases by the machine's own clock, and hints from the file.</summary>
public sealed class SqliteSilos : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Beat_RenewsTheLeaseForAsLongAsTheSiloAsked()
    {
        await using var store = await SqliteStore.OpenAsync(folder.File(), TimeProvider.System, default);
        var silo = await RegisterAsync(store, ProcessIdentities.Current().BootId, TimeSpan.FromSeconds(3));
        var before = Lease();

        await store.BeatAsync(silo.Incarnation, default);

        var after = Lease();
        Assert.True(after.Heartbeat > before.Heartbeat);
        Assert.Equal((3_000_000_000, 3_000_000_000), (before.Until - before.Heartbeat, after.Until - after.Heartbeat));
    }

    [Fact]
    public async Task SiloOfAnotherBoot_WasLastHeardOfBeforeThisOne()
    {
        await using var store = await SqliteStore.OpenAsync(folder.File(), TimeProvider.System, default);
        var silo = await RegisterAsync(store, "another-boot", TimeSpan.FromMilliseconds(1));

        var standing = Assert.Single(await store.ListSilosAsync(default));

        // CLOCK_MONOTONIC counts from the boot.
        Assert.True(standing.LeaseIsOver);
        Assert.InRange(standing.SinceBeat.TotalMilliseconds, 1000, Environment.TickCount64 + 60_000);
        Assert.Equal(0, await store.BuryExpiredSiloAsync(silo.Incarnation, default));
        Assert.Empty(await store.ListSilosAsync(default));
    }

    [Fact]
    public async Task Reboot_CountsAgainstNoTrial()
    {
        await using var store = await SqliteStore.OpenAsync(folder.File(), TimeProvider.System, default);
        var silo = await RegisterAsync(store, "another-boot", SiloRecord.DefaultLease);
        var sweep = (await store.CreateSweepAsync(new NewSweep("s", true, "", "", 1, 1, false, new Dictionary<string, string>()), default)).Sweep!;
        var term = (await store.ActivateSweepAsync(sweep.Id, silo.Incarnation, default)).Term!.Value;
        await store.WriteAsync(new CoordinatorUnit(sweep.Id, term) { Trials = [new NewTrial(0, 0, "{}", 1, 0, 0)] }, default);
        Assert.Single(await store.ClaimTrialsAsync(sweep.Id, silo.Incarnation, "p", 1, default));

        Assert.Equal(1, await store.BurySiloAsync(silo.Incarnation, "the machine was started again since", default));
        Assert.Equal(0, Assert.Single(await store.ListTrialsAsync(sweep.Id, 0, 9, default)).Deaths);
    }

    [Fact]
    public async Task Hint_OfOnesOwnWrite_ArrivesWithoutBeingSent_AlsoToAStoreThatOnlyReads()
    {
        await using var store = await SqliteStore.OpenAsync(folder.File(), TimeProvider.System, default);
        await using var reading = await SqliteStore.OpenForReadingAsync(folder.File(), default);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var own = store.HintsAsync(patience.Token).GetAsyncEnumerator(default);
        await using var read = reading.HintsAsync(patience.Token).GetAsyncEnumerator(default);
        var (first, second) = (own.MoveNextAsync().AsTask(), read.MoveNextAsync().AsTask());

        await RegisterAsync(store, "boot", SiloRecord.DefaultLease);

        Assert.True(await first && await second);
        Assert.Equal((new StoreHint(StoreHintKind.Any, null), new StoreHint(StoreHintKind.Any, null)), (own.Current, read.Current));
    }

    private static async Task<SiloRecord> RegisterAsync(SqliteStore store, string bootId, TimeSpan lease)
    {
        var silo = new SiloRecord(Guid.NewGuid(), "silo", new ProcessIdentity("host", bootId, "pid:[1]", 42, 4242), 2) { Lease = lease };
        await store.RegisterSiloAsync(silo, default);
        return silo;
    }

    private (long Heartbeat, long Until) Lease() =>
        SqliteChecks.Rows(folder.File(), "SELECT heartbeat, lease_until FROM silos", row => (row.Long(0), row.Long(1)))[0];
}
