using Sweep.Search.Trials;
using Sweep.Store.Processes;
using Sweep.Store.Sqlite;
using Sweep.Store.Tests.Children;
using Sweep.Testing.Stores;

namespace Sweep.Store.Tests.Sqlite;

/// <summary>Several processes on one file: real ones, really killed.</summary>
public sealed class SqliteProcesses : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task TwoProcesses_WritingAtOnce_LoseNothingAndNeverSeeALock()
    {
        const int Trials = 200;
        await using var store = await SqliteStore.OpenAsync(folder.File(), TimeProvider.System, default);
        var sweepId = await CreateAsync(store, Trials);
        using var one = ChildProcess.Start("write", folder.File());
        using var two = ChildProcess.Start("write", folder.File());
        Assert.Equal("ready", await one.ReadLineAsync());
        Assert.Equal("ready", await two.ReadLineAsync());

        one.WriteLine("go");
        two.WriteLine("go");
        var printed = (await Task.WhenAll(one.ReadLinesAsync(), two.ReadLinesAsync())).Select(lines => lines.ToHashSet()).ToArray();
        await Task.WhenAll(one.EndAsync(), two.EndAsync());

        Assert.Equal(("", 0, "", 0), (await one.ReadErrorsAsync(), one.ExitCode, await two.ReadErrorsAsync(), two.ExitCode));
        Assert.All(printed, lines => Assert.NotEmpty(lines));
        Assert.Equal(Trials * StoreWriter.Epochs, printed.Sum(lines => lines.Count));
        Assert.Equal(Trials, (await store.SummarizeAsync(sweepId, default)).Counts[TrialState.Completed]);
        Assert.Equal("ok", SqliteChecks.Integrity(folder.File()));
    }

    [Fact]
    public async Task WriterKilled_LeavesWhatItSaidWasDurable_AndItsTrialsGoOn()
    {
        const int Trials = 3000;
        await using var store = await SqliteStore.OpenAsync(folder.File(), TimeProvider.System, default);
        var sweepId = await CreateAsync(store, Trials);
        using var child = ChildProcess.Start("write", folder.File());
        Assert.Equal("ready", await child.ReadLineAsync());
        child.WriteLine("go");
        var durable = new List<string>();
        while (durable.Count < 100)
        {
            durable.Add((await child.ReadLineAsync())!);
        }

        await child.KillAsync();
        var rest = await child.ReadLinesAsync();
        durable.AddRange(rest.SkipLast(1));

        Assert.Equal("ok", SqliteChecks.Integrity(folder.File()));
        var stored = SqliteChecks.Rows(
            folder.File(), "SELECT t.number, r.step FROM reports r JOIN trials t ON t.id = r.trial_id", row => $"{row.Int(0)} {row.Int(1)}").ToHashSet();
        Assert.Empty(durable.Except(stored, StringComparer.Ordinal));

        var dead = Assert.Single(await store.ListSilosAsync(default), silo => silo.Silo.Name == $"silo-{child.Id}").Silo;
        var proof = DeathProof.Of(dead.Process, ProcessIdentities.Current(), isStoreLocal: true, new ProcessTable());
        Assert.True(proof.IsProved, proof.Reason);
        Assert.InRange(await store.BurySiloAsync(dead.Incarnation, proof.Reason, default), 1, 4);
        Assert.Equal(0, SqliteChecks.Rows(folder.File(), "SELECT count(*) FROM trials WHERE state = 1", row => row.Int(0))[0]);

        using var heir = ChildProcess.Start("write", folder.File());
        heir.WriteLine("go");
        await heir.ReadLinesAsync();
        Assert.Equal(Trials, (await store.SummarizeAsync(sweepId, default)).Counts[TrialState.Completed]);
        Assert.Equal(
            Trials * StoreWriter.Epochs, SqliteChecks.Rows(folder.File(), "SELECT count(*) FROM reports", row => row.Int(0))[0]);
    }

    private static async Task<long> CreateAsync(SqliteStore store, int trials)
    {
        var silo = new SiloRecord(Guid.NewGuid(), "test", ProcessIdentities.Current(), 0);
        await store.RegisterSiloAsync(silo, default);
        var sweep = (await store.CreateSweepAsync(
            new NewSweep(StoreWriter.Sweep, true, "", "", 1, 1, false, new Dictionary<string, string>()), default)).Sweep!;
        var activation = await store.ActivateSweepAsync(sweep.Id, silo.Incarnation, default);
        var unit = new CoordinatorUnit(sweep.Id, activation.Term!.Value)
        {
            Trials = [.. Enumerable.Range(0, trials).Select(n => new NewTrial(n, 0, "{}", StoreWriter.Epochs, 0, 0))],
        };
        await store.WriteAsync(unit, default);
        return sweep.Id;
    }
}
