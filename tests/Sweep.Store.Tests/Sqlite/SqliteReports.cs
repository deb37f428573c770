using Sweep.Search.Trials;
using Sweep.Store.Sqlite;
using Sweep.Testing.Stores;

namespace Sweep.Store.Tests.Sqlite;

/// <summary>Several reports of a trial in one batch change its row once, and as if each had been alone.</summary>
public sealed class SqliteReports : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", TrialState.Running, 3)]
    [InlineData("pause", TrialState.Running, 3)]
    [InlineData("cancel", TrialState.Canceled, 3)]
    [InlineData("bury", TrialState.Waiting, 3)]
    [InlineData("bury and claim", TrialState.Running, 2)]
    [InlineData("complete", TrialState.Completed, 3)]
    [InlineData("complete with a report", TrialState.Completed, 4)]
    [InlineData("fail at the maximum", TrialState.Failed, 3)]
    [InlineData("cancel and complete", TrialState.Canceled, 3)]
    public async Task ReportsOfOneBatch_StandInTheirTrialsRow_WhateverFollowsThem(string then, TrialState state, int resource)
    {
        await using var store = await SqliteStore.OpenAsync(folder.File(), TimeProvider.System, default);
        var silo = await RegisterAsync(store);
        var heir = await RegisterAsync(store);
        var sweep = (await store.CreateSweepAsync(new NewSweep("s", true, "", "", 1, 1, true, new Dictionary<string, string>()), default)).Sweep!;
        var term = (await store.ActivateSweepAsync(sweep.Id, heir.Incarnation, default)).Term!.Value;
        await store.WriteAsync(new CoordinatorUnit(sweep.Id, term) { Trials = [new NewTrial(0, 0, "{}", 9, 0, 0), new NewTrial(1, 0, "{}", 9, 0, 0)] }, default);
        var claims = await store.ClaimTrialsAsync(sweep.Id, silo.Incarnation, "p", 1, default);
        var trial = claims[0].Trial;
        var commits = store.Commits;

        var writes = new List<Task>();
        using (var others = FileLock.Open(folder.File()))
        {
            // What is queued while another process has its turn is one batch.
            others.Enter();
            writes.Add(store.WriteAsync(Unit(trial) with { Report = Report(1) }, default));
            writes.Add(store.WriteAsync(Unit(trial) with { Report = Report(2), Checkpoint = new Checkpoint(2, 0, new byte[] { 1 }) }, default));
            writes.Add(store.WriteAsync(Unit(trial) with { Report = Report(3) }, default));
            writes.AddRange(Then());
            others.Exit();
        }

        await Task.WhenAll(writes);

        Assert.Equal(commits + 1, store.Commits);
        var after = (await store.ListTrialsAsync(sweep.Id, 0, 1, default))[0];
        Assert.Equal((state, resource, then.Contains("maximum", StringComparison.Ordinal) ? 9 : resource), (after.State, after.Resource, after.RankResource));
        Assert.Equal([resource / 8.0], after.Values);
        Assert.Equal(Enumerable.Range(1, resource).Sum(), after.Seconds);
        Assert.Equal(Enumerable.Range(1, resource), (await store.ListReportsAsync(trial.Id, default)).Select(report => report.Step));
        Assert.Equal(
            -resource / 8.0, SqliteChecks.Rows(folder.File(), "SELECT rank_cost FROM trials ORDER BY id", row => row.Double(0))[0]);

        IEnumerable<Task> Then() => then switch
        {
            "pause" => [store.ChangeSweepAsync(sweep.Id, SweepChange.Pause, default)],
            "cancel" => [store.ChangeSweepAsync(sweep.Id, SweepChange.Cancel, default)],
            "bury" => [store.BurySiloAsync(silo.Incarnation, "gone", default)],
            "bury and claim" =>
            [
                store.BurySiloAsync(silo.Incarnation, "gone", default),
                store.ClaimTrialsAsync(sweep.Id, heir.Incarnation, "p", 1, default),
                LostAsync(store.WriteAsync(Unit(trial) with { Report = Report(4) }, default)),
            ],
            "complete" => [store.WriteAsync(Unit(trial) with { Outcome = new TrialOutcome(TrialState.Completed) }, default)],
            "complete with a report" =>
            [
                store.WriteAsync(Unit(trial) with { Report = Report(4), Outcome = new TrialOutcome(TrialState.Completed) }, default),
                LostAsync(store.WriteAsync(Unit(trial) with { Report = Report(5) }, default)),
            ],
            "fail at the maximum" => [store.WriteAsync(Unit(trial) with { Outcome = new TrialOutcome(TrialState.Failed, "because", 9) }, default)],
            "cancel and complete" =>
            [
                store.ChangeSweepAsync(sweep.Id, SweepChange.Cancel, default),
                LostAsync(store.WriteAsync(Unit(trial) with { Report = Report(4), Outcome = new TrialOutcome(TrialState.Completed) }, default)),
            ],
            _ => [],
        };
    }

    private static async Task LostAsync(Task<WriteResult> write) => Assert.Equal(WriteResult.Lost, await write);

    private static OwnerUnit Unit(TrialRecord trial) => new(trial.Id, trial.Attempt);

    private static ReportRecord Report(int step) => new(step, [step / 8.0], new Dictionary<string, double?>(), 0.1, step);

    private static async Task<SiloRecord> RegisterAsync(SqliteStore store)
    {
        var silo = new SiloRecord(Guid.NewGuid(), "silo", new ProcessIdentity("host", "boot", "pid:[1]", 42, 4242), 2);
        await store.RegisterSiloAsync(silo, default);
        return silo;
    }
}
