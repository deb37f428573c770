using System.Diagnostics;
using Sweep.Search.Trials;
using Sweep.Store.Postgres;
using Sweep.Testing;
using Sweep.Testing.Stores;

namespace Sweep.Store.Tests.Postgres;

/// <summary>The server is stopped, or killed, and comes back, or does not. With a server of its own.</summary>
public sealed class PostgresOutages : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SiloRecord silo = new(Guid.NewGuid(), "silo", new ProcessIdentity("host", "boot", "pid:[1]", 42, 4242), 2);
    private PostgresServer server = null!;
    private PostgresDatabase database = null!;
    private PostgresStore store = null!;
    private long sweepId;

    public async Task InitializeAsync()
    {
        server = await PostgresServer.StartNewAsync();
        database = await PostgresDatabase.CreateAsync(server);
        store = await database.OpenAsync();
        await store.RegisterSiloAsync(silo, None);
        sweepId = (await store.CreateSweepAsync(new NewSweep("sweep", false, "", "", 7, 1, true, new Dictionary<string, string>()), None)).Sweep!.Id;
        var term = (await store.ActivateSweepAsync(sweepId, silo.Incarnation, None)).Term!.Value;
        await store.WriteAsync(new CoordinatorUnit(sweepId, term) { Trials = [.. Enumerable.Range(0, 8).Select(n => new NewTrial(n, 0, "{}", 9, 0, 0))] }, None);
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Writes_WhileTheServerIsDown_WaitAndAreWrittenWhenItIsBack(bool isKilled)
    {
        var claims = await store.ClaimTrialsAsync(sweepId, silo.Incarnation, "p", 8, None);
        var early = claims.Select(claim => WriteAsync(claim, 1)).ToList();
        await (isKilled ? server.Kill9Async() : server.StopAsync());
        var late = claims.Select(claim => WriteAsync(claim, 2)).ToList();
        Assert.DoesNotContain(late, task => task.IsCompleted);

        await server.StartAsync();

        Assert.All(await Task.WhenAll([.. early, .. late]), result => Assert.Equal(WriteResult.Written, result));
        foreach (var claim in claims)
        {
            Assert.Equal([1, 2], (await store.ListReportsAsync(claim.Trial.Id, None)).Select(report => report.Step));
        }

        Assert.Equal(8, (await store.BeatAsync(silo.Incarnation, None))!.Trials.Count);
    }

    [Fact]
    public async Task Write_WhileTheServerIsDown_CanBeCanceled()
    {
        await server.StopAsync();
        using var cancel = new CancellationTokenSource();
        var claim = store.ClaimTrialsAsync(sweepId, silo.Incarnation, "p", 1, cancel.Token);
        var beat = store.BeatAsync(silo.Incarnation, cancel.Token);
        Assert.False(claim.IsCompleted || beat.IsCompleted);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => claim);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => beat);
        await server.StartAsync();
        Assert.Empty((await store.BeatAsync(silo.Incarnation, None))!.Trials);
    }

    [Fact]
    public async Task Read_WhileTheServerStaysDown_FailsInPlainWords_WithoutThePassword()
    {
        await server.StopAsync();

        var failure = await Assert.ThrowsAsync<StoreException>(() => store.ListSweepsAsync(None));

        Assert.Contains($"postgres://postgres@127.0.0.1:{server.Port}/{database.Name}: the server cannot be reached", failure.Message);
        Secrets.AreNotIn(failure);
    }

    [Fact]
    public async Task Close_WhileTheServerStaysDown_EndsAndSaysWhatWasNotWritten()
    {
        var claim = Assert.Single(await store.ClaimTrialsAsync(sweepId, silo.Incarnation, "p", 1, None));
        await server.StopAsync();
        var write = WriteAsync(claim, 1);

        var start = Stopwatch.GetTimestamp();
        await store.DisposeAsync();

        // Far beyond what it takes: who waits longer waits for the server.
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60));
        Secrets.AreNotIn(await Assert.ThrowsAsync<StoreException>(() => write));
    }

    [Fact]
    public async Task SilentSilo_IsNotBuriedByTime_BeforeTheServerHasBeenUpForItsLease()
    {
        var brief = silo with { Incarnation = Guid.NewGuid(), Name = "brief", Lease = TimeSpan.FromMilliseconds(1) };
        var patient = silo with { Incarnation = Guid.NewGuid(), Name = "patient", Lease = TimeSpan.FromHours(1) };
        await store.RegisterSiloAsync(brief, None);
        await store.RegisterSiloAsync(patient, None);
        await database.ExecuteAsync<int>("UPDATE silos SET lease_until = clock_timestamp() - interval '1 day' RETURNING 1");

        Assert.All(await store.ListSilosAsync(None), standing => Assert.True(standing.LeaseIsOver));
        Assert.Null(await store.BuryExpiredSiloAsync(patient.Incarnation, None));
        Assert.Equal(0, await store.BuryExpiredSiloAsync(brief.Incarnation, None));
        Assert.DoesNotContain(await store.ListSilosAsync(None), standing => standing.Silo.Name == "brief");
    }

    private Task<WriteResult> WriteAsync(ClaimedTrial claim, int step) => store.WriteAsync(
        new OwnerUnit(claim.Trial.Id, claim.Trial.Attempt) { Report = new ReportRecord(step, [0.5], new Dictionary<string, double?>(), 0.1, 1) }, None);
}
