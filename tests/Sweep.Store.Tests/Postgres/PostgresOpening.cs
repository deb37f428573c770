using Sweep.Testing.Stores;
using Sweep.Search;
using Sweep.Search.Spec;
using Sweep.Store.Postgres;
using Sweep.Testing;

namespace Sweep.Store.Tests.Postgres;

public sealed class PostgresOpening : IAsyncLifetime
{
    private PostgresServer server = null!;
    private string url = "";

    public async Task InitializeAsync()
    {
        server = await PostgresServer.Shared;
        url = await server.CreateDatabaseAsync();
    }

    public Task DisposeAsync() => server.DropDatabaseAsync(url);

    [Fact]
    public async Task Database_WithoutAStore_IsNamedWithTheCommandThatCreatesOne()
    {
        var failure = await Assert.ThrowsAsync<StoreNotFoundException>(() => Stores.OpenAsync(url, TimeProvider.System, default));

        Assert.Contains($"`sweep db init --db {Stores.Display(url)}`", failure.Message);
        Secrets.AreNotIn(failure);
        await Assert.ThrowsAsync<StoreNotFoundException>(() => Stores.OpenForReadingAsync(url, default));
        await Assert.ThrowsAsync<StoreNotFoundException>(() => PostgresSchema.UpgradeAsync(url, default));
        Assert.True(await PostgresSchema.CreateAsync(url, default));
        Assert.False(await PostgresSchema.CreateAsync(url, default));
        await using var store = await Stores.OpenAsync(url, TimeProvider.System, default);
        Assert.Empty(await store.ListSweepsAsync(default));
        await using var reading = await Stores.OpenForReadingAsync(url, default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => reading.PlaceSweepAsync(1, new SweepPlacement(), default));
    }

    [Fact]
    public async Task Store_OfANewerVersion_IsRefused()
    {
        await PostgresSchema.CreateAsync(url, default);
        await ExecuteAsync("INSERT INTO schema_version VALUES (99, 'later', 0)");

        foreach (var open in (Func<Task>[])[() => Stores.OpenAsync(url, TimeProvider.System, default), () => PostgresSchema.CreateAsync(url, default), () => PostgresSchema.UpgradeAsync(url, default)])
        {
            var failure = await Assert.ThrowsAsync<SweepException>(open);
            Assert.Contains("newer version of sweep (schema 99, this one knows up to 6)", failure.Message);
            Secrets.AreNotIn(failure);
        }
    }

    [Fact]
    public async Task Store_OfAnOlderVersion_IsUpgradedOnRequestOnly_AndNotWhileASiloLives()
    {
        await PostgresSchema.CreateAsync(url, default);
        await ExecuteAsync("DELETE FROM schema_version WHERE version >= 5");
        await ExecuteAsync("""
            INSERT INTO silos (incarnation, name, host, boot_id, pid_namespace, pid, start_time, slots, registered_at, heartbeat, lease_until)
            VALUES (gen_random_uuid(), 'alive', '', '', '', 1, 1, 1, 0, clock_timestamp(), clock_timestamp() + interval '1 hour')
            """);

        Assert.Contains("sweep db upgrade", (await Assert.ThrowsAsync<SweepException>(() => Stores.OpenAsync(url, TimeProvider.System, default))).Message);
        Assert.Contains("sweep db upgrade", (await Assert.ThrowsAsync<SweepException>(() => PostgresSchema.CreateAsync(url, default))).Message);
        Assert.Contains("silo alive is alive", (await Assert.ThrowsAsync<SweepException>(() => PostgresSchema.UpgradeAsync(url, default))).Message);

        await ExecuteAsync("""
            UPDATE silos SET lease_until = clock_timestamp();
            DROP TABLE refusals; DROP INDEX sweeps_open, trials_suspect;
            ALTER TABLE silos DROP COLUMN lease_ms, DROP COLUMN labels;
            ALTER TABLE sweeps DROP COLUMN requires, DROP COLUMN poison_after, DROP COLUMN numerics, DROP COLUMN counts;
            """);
        Assert.True(await PostgresSchema.UpgradeAsync(url, default));
        Assert.False(await PostgresSchema.UpgradeAsync(url, default));
        await using var store = await Stores.OpenAsync(url, TimeProvider.System, default);
        Assert.Equal("alive", Assert.Single(await store.ListSilosAsync(default)).Silo.Name);
    }

    [Fact]
    public async Task Refusals_OfTheServer_SayWhatToMend_WithoutThePassword()
    {
        var wrong = await Assert.ThrowsAsync<StoreException>(
            () => Stores.OpenAsync(url.Replace(Uri.EscapeDataString(PostgresServer.Password), "seCret7", StringComparison.Ordinal), TimeProvider.System, default));
        Assert.Contains("password authentication failed", wrong.Message);
        Assert.Contains("PGPASSWORD or a passfile", wrong.Message);
        Assert.DoesNotContain("seCret7", wrong.ToString());

        var missing = await Assert.ThrowsAsync<StoreException>(() => Stores.OpenAsync(server.Url("nowhere"), TimeProvider.System, default));
        Assert.Contains("createdb", missing.Message);
        Secrets.AreNotIn(missing);

        using var nobody = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((System.Net.IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        var away = await Assert.ThrowsAsync<StoreException>(() => Stores.OpenAsync(server.Url("any", port), TimeProvider.System, default));
        Assert.Contains("the server cannot be reached", away.Message);
        Secrets.AreNotIn(away);
    }

    [Fact]
    public async Task Passwords_AreInNoTable_AndNoStatementTheServerKnowsOf()
    {
        await PostgresSchema.CreateAsync(url, default);
        await using var store = await Stores.OpenAsync(url, TimeProvider.System, default);
        await store.RegisterSiloAsync(new SiloRecord(Guid.NewGuid(), "silo", new ProcessIdentity("host", "boot", "pid:[1]", 42, 4242), 2), default);
        await store.CreateSweepAsync(new NewSweep("sweep", false, "", "", 7, 1, true, new Dictionary<string, string>()), default);

        var name = PostgresServer.NameOf(url);
        foreach (var table in new[] { "silos", "sweeps", "events", "writers", "pg_stat_activity" })
        {
            var text = (string)(await server.ExecuteAsync(name, $"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t"))!;
            Assert.DoesNotContain(PostgresServer.Password, text);
        }
    }

    [Fact]
    public async Task Password_FromAPassfile_IsEnough()
    {
        using var folder = new TemporaryFolder();
        var escaped = PostgresServer.Password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder.File("pass"), $"127.0.0.1:{server.Port}:*:postgres:{escaped}\n");
        var bare = $"postgres://postgres@127.0.0.1:{server.Port}/{PostgresServer.NameOf(url)}";

        Assert.True(await PostgresSchema.CreateAsync($"{bare}?passfile={Uri.EscapeDataString(folder.File("pass"))}", default));
        await Assert.ThrowsAsync<StoreException>(() => PostgresSchema.CreateAsync($"{bare}?passfile=/nowhere", default));
    }

    [Theory]
    [InlineData("statement_timeout")]
    [InlineData("idle_in_transaction_session_timeout")]
    [InlineData("tcp_user_timeout")]
    public async Task Session_OfAStoppedProcess_KeepsItsLocksNoLongerThanHalfALease(string setting)
    {
        var settings = PostgresUrl.Parse(url).ConnectionString(PostgresStore.WriteTimeout, PostgresStore.WriteTimeout);
        await using var connection = new Npgsql.NpgsqlConnection(settings);
        await connection.OpenAsync();
        await using var show = new Npgsql.NpgsqlCommand($"SELECT setting::int FROM pg_settings WHERE name = '{setting}'", connection);

        Assert.InRange((int)(await show.ExecuteScalarAsync())!, 1, (int)SiloRecord.DefaultLease.TotalMilliseconds / 2);
    }

    private async Task ExecuteAsync(string sql) => await server.ExecuteAsync(PostgresServer.NameOf(url), sql);
}
