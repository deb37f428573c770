using Npgsql;
using Sweep.Testing;

namespace Sweep.Client.Tests.Faults;

/// <summary>Faults of the PostgreSQL server and of the way to it: no silo has to be started again for them.</summary>
public sealed class DatabaseFaultTests
{
    [Theory]
    [InlineData("halving")]
    [InlineData("learning")]
    public async Task Server_StoppedAndStarted(string spec)
    {
        await using var scene = await FaultTests.BeginAsync(StoreKind.Postgres, spec, ownServer: true);
        var silos = new[] { await scene.StartSiloAsync("one"), await scene.StartSiloAsync("two") };
        await scene.UntilEpochsAsync(4);

        await scene.MarkFaultAsync();
        await scene.Server.StopAsync();
        await scene.Server.StartAsync();

        await FaultTests.SameAsync(scene, spec, "PostgreSQL stopped and started");
        Assert.All(silos, silo => Assert.False(silo.HasExited));
    }

    [Theory]
    [InlineData("halving", 4)]
    [InlineData("halving", 12)]
    [InlineData("learning", 6)]
    public async Task Server_KilledAndRecovered(string spec, int epochs)
    {
        await using var scene = await FaultTests.BeginAsync(StoreKind.Postgres, spec, ownServer: true);
        var silos = new[] { await scene.StartSiloAsync("one"), await scene.StartSiloAsync("two") };
        await scene.UntilEpochsAsync(epochs);

        await scene.MarkFaultAsync();
        await scene.Server.Kill9Async();
        await scene.Server.StartAsync();

        await FaultTests.SameAsync(scene, spec, "PostgreSQL killed and recovered");
        Assert.All(silos, silo => Assert.False(silo.HasExited));
    }

    [Theory]
    [InlineData("halving")]
    [InlineData("learning")]
    public async Task Server_AwayForLongerThanTheLease_NobodyIsRobbed(string spec)
    {
        await using var scene = await FaultTests.BeginAsync(StoreKind.Postgres, spec, ownServer: true);
        var silos = new[] { await scene.StartSiloAsync("one"), await scene.StartSiloAsync("two") };
        await scene.UntilEpochsAsync(4);
        var before = (await scene.Store.ListSilosAsync(default)).Select(s => s.Silo.Incarnation).Order().ToList();

        await scene.MarkFaultAsync();
        await scene.Server.StopAsync();
        foreach (var silo in silos)
        {
            await silo.LineAsync("is over and the store was not reached");
        }

        await scene.Server.StartAsync();

        await scene.UntilEpochsAsync(8);
        Assert.Equal(before, (await scene.Store.ListSilosAsync(default)).Select(s => s.Silo.Incarnation).Order());
        await FaultTests.SameAsync(scene, spec, "PostgreSQL away for longer than the lease");
    }

    [Theory]
    [InlineData("halving")]
    [InlineData("learning")]
    public async Task Connections_CutAgainAndAgain(string spec)
    {
        await using var scene = await FaultTests.BeginAsync(StoreKind.Postgres, spec);
        await scene.StartSiloAsync("one");
        await scene.StartSiloAsync("two");
        foreach (var epochs in (int[])[2, 5, 9, 13, 17])
        {
            await scene.UntilEpochsAsync(epochs);
            await scene.MarkFaultAsync();
            await using var connection = await scene.Server.ConnectAsync(PostgresServer.NameOf(scene.Db));
            await using var cut = new NpgsqlCommand(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'sweep%'", connection);
            await cut.ExecuteNonQueryAsync();
        }

        await FaultTests.SameAsync(scene, spec, "connections cut");
    }

    [Theory]
    [InlineData("halving")]
    [InlineData("learning")]
    public async Task Answers_LostAfterTheirCommit(string spec)
    {
        await using var scene = await FaultTests.BeginAsync(StoreKind.Postgres, spec);
        await scene.StartSiloBehindProxyAsync("behind");
        foreach (var epochs in (int[])[2, 4, 6, 8, 10, 12])
        {
            await scene.UntilEpochsAsync(epochs);
            await scene.MarkFaultAsync();
            scene.Proxy!.CutNextAnswer();
        }

        await FaultTests.SameAsync(scene, spec, "connection cut between a COMMIT and its answer");
    }

    [Theory]
    [InlineData("halving")]
    [InlineData("learning")]
    public async Task Silo_CutOffPastItsLease(string spec)
    {
        await using var scene = await FaultTests.BeginAsync(StoreKind.Postgres, spec);
        var alone = await scene.StartSiloBehindProxyAsync("cut-off");
        await scene.StartSiloAsync("heir");
        await scene.UntilEpochsAsync(4);
        await scene.UntilRunningOnAsync("cut-off");
        var incarnation = (await scene.SilosAsync("cut-off"))[0].Incarnation;

        await scene.MarkFaultAsync();
        scene.Proxy!.Freeze();
        await scene.UntilAsync(async () => (await scene.SilosAsync("cut-off")).All(s => s.Incarnation != incarnation));
        scene.Proxy.Thaw();

        await FaultTests.SameAsync(scene, spec, "silo cut off past its lease, then back");
        Assert.False(alone.HasExited);
    }
}
