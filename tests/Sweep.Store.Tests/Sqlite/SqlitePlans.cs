using Sweep.Store.Sqlite;
using Sweep.Testing.Stores;

namespace Sweep.Store.Tests.Sqlite;

/// <summary>The queries that must not grow with the number of trials are answered from the indexes made for them.</summary>
public sealed class SqlitePlans : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public async Task InitializeAsync() => await (await SqliteStore.OpenAsync(folder.File(), TimeProvider.System, default)).DisposeAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(ClaimWrite.Waiting, "SEARCH trials USING INDEX trials_waiting (sweep_id=?)")]
    [InlineData(ClaimWrite.Suspects, "SEARCH trials USING INDEX trials_suspect (sweep_id=?)")]
    [InlineData(ClaimWrite.Running, "SCAN trials USING COVERING INDEX trials_running")]
    [InlineData(SiloWrites.HeldSweeps, "SEARCH sweeps USING INDEX sweeps_owner (owner=?)")]
    [InlineData(DeleteSweepWrite.Trials, "SEARCH trials USING COVERING INDEX sqlite_autoindex_trials_1 (sweep_id=?)")]
    [InlineData(TrialSql.Rank, "SEARCH t USING INDEX trials_ranking (sweep_id=?)")]
    [InlineData(TrialSql.List, "SEARCH t USING INDEX sqlite_autoindex_trials_1 (sweep_id=? AND number>?)")]
    [InlineData(TrialSql.Find, "SEARCH t USING INDEX sqlite_autoindex_trials_1 (sweep_id=? AND number=?)")]
    [InlineData(TrialSql.Quarantined, "SEARCH t USING INDEX trials_suspect (sweep_id=?)")]
    [InlineData(EventLog.ListOfTrial, "SEARCH events USING INDEX events_sweep (sweep_id=?)")]
    [InlineData(ReportSql.List, "SEARCH r USING PRIMARY KEY (trial_id=?)")]
    [InlineData(ReportSql.Find, "SEARCH r USING PRIMARY KEY (trial_id=? AND step=?)")]
    [InlineData(EventLog.List, "SEARCH events USING INDEX events_sweep (sweep_id=?)")]
    public void Query_IsOneSearchOfItsIndex_WithoutScanOrSort(string sql, string plan) =>
        Assert.Equal([plan], SqliteChecks.Plan(folder.File(), sql));

    [Theory]
    [InlineData(SiloWrites.HeldTrials)]
    [InlineData(BurialWrite.OwnedTrials)]
    public void TrialsOfASilo_AreFoundAmongThoseThatRun(string sql) => Assert.Equal(
        ["SEARCH t USING INDEX trials_running (owner=?)", "SEARCH s USING INTEGER PRIMARY KEY (rowid=?)"], SqliteChecks.Plan(folder.File(), sql));

    [Fact]
    public void OpenSweeps_AreFoundWithoutThoseThatAreOver() => Assert.Equal(
        [
            "SCAN s USING INDEX sweeps_open",
            "CORRELATED SCALAR SUBQUERY 1",
            "SEARCH trials USING INDEX trials_waiting (sweep_id=?)",
            "CORRELATED SCALAR SUBQUERY 2",
            "SEARCH trials USING INDEX trials_suspect (sweep_id=?)",
        ],
        SqliteChecks.Plan(folder.File(), SweepSql.ListOpen));

    [Fact]
    public void Progress_IsFoundTrialByTrial() => Assert.Equal(
        [
            "SCAN json_each VIRTUAL TABLE INDEX 1:",
            "SEARCH t USING INDEX sqlite_autoindex_trials_1 (sweep_id=? AND number=? AND replicate=?)",
        ],
        SqliteChecks.Plan(folder.File(), TrialSql.Progress));

    [Theory]
    [InlineData(TrialSql.Running, "SEARCH t USING INDEX trials_running (owner>?)")]
    [InlineData(TrialSql.RunningCounts, "SCAN trials USING COVERING INDEX trials_running")]
    public void RunningTrials_AreFoundWithoutThoseThatDoNotRun(string sql, string first) =>
        Assert.Equal(first, SqliteChecks.Plan(folder.File(), sql)[0]);

    [Fact]
    public void Rungs_AreFoundTrialByTrial() => Assert.Equal(
        [
            "SEARCH t USING COVERING INDEX sqlite_autoindex_trials_1 (sweep_id=?)",
            "SEARCH r USING PRIMARY KEY (trial_id=? AND step=?)",
        ],
        SqliteChecks.Plan(folder.File(), ReportSql.At));

    [Fact]
    public void Counts_AreReadFromAnIndexAlone() => Assert.Contains(
        "SEARCH trials USING COVERING INDEX trials_ranking (sweep_id=?)", SqliteChecks.Plan(folder.File(), TrialSql.Counts));
}
