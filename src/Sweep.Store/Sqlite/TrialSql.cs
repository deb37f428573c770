using Sweep.Search.Trials;
using Sweep.Store.Rows;

namespace Sweep.Store.Sqlite;

/// <summary>The queries for trials.</summary>
internal static class TrialSql
{
    public const string List = $"""
        SELECT {TrialRows.Columns} FROM trials t WHERE sweep_id = ?1 AND number >= ?2 ORDER BY number, replicate LIMIT ?3
        """;

    public const string Find = $"SELECT {TrialRows.Columns} FROM trials t WHERE sweep_id = ?1 AND number = ?2 ORDER BY replicate";

    /// <summary>The WHERE of the index <c>trials_suspect</c> is written out.</summary>
    public const string Quarantined = $"""
        SELECT {TrialRows.Columns} FROM trials t WHERE sweep_id = ?1 AND state = {TrialStateSql.Waiting} AND deaths >= 2 ORDER BY number, replicate
        """;

    /// <summary>The order of <c>trials_ranking</c>: the index is walked from its start, nothing is sorted.</summary>
    public const string Ranking = "ORDER BY rank_group, rank_resource DESC, rank_cost, number, replicate";

    public const string Rank = $"SELECT {TrialRows.Columns} FROM trials t WHERE sweep_id = ?1 {Ranking} LIMIT ?2";

    /// <summary>Those among the places ?2, a JSON list of [number, replicate], that neither wait nor just train their first epoch.</summary>
    public const string Progress = $"""
        SELECT {TrialRows.Columns} FROM (SELECT value ->> 0 AS n, value ->> 1 AS r FROM json_each(?2)) CROSS JOIN trials t
        WHERE sweep_id = ?1 AND number = n AND replicate = r AND (state > {TrialStateSql.Running} OR state = {TrialStateSql.Running} AND resource > 0)
        """;

    /// <summary>Of the sweep ?1, or of all when it is null.</summary>
    public const string Running = $"""
        SELECT {TrialRows.Columns}, (SELECT name FROM sweeps WHERE sweeps.id = sweep_id), owner, claimed_at FROM trials t INDEXED BY trials_running
        WHERE state = {TrialStateSql.Running} AND owner IS NOT NULL AND sweep_id = coalesce(?1, sweep_id) ORDER BY owner, sweep_id, number, replicate
        """;

    /// <summary>As many entries as trials run at all.</summary>
    public const string RunningCounts = $"SELECT sweep_id, count(*) FROM trials INDEXED BY trials_running WHERE state = {TrialStateSql.Running} GROUP BY sweep_id";

    public const string Counts = "SELECT state, count(*) FROM trials WHERE sweep_id = ?1 GROUP BY state";

    /// <summary>Of the sweeps that are over, which have theirs in their row.</summary>
    public const string FinalCounts = "SELECT s.id, c.key + 0, c.value FROM sweeps s, json_each(s.counts) c WHERE s.counts IS NOT NULL";

    public static Dictionary<long, int> CountRunning(SqliteConnection database) =>
        database.Use(RunningCounts).ReadAll(row => KeyValuePair.Create(row.Long(0), row.Int(1))).ToDictionary();

    /// <summary>By sweep, of those that are over and have theirs in their row: the trials of the others are counted.</summary>
    public static ILookup<long, KeyValuePair<TrialState, int>> ReadFinalCounts(SqliteConnection database) => database.Use(FinalCounts)
        .ReadAll(row => (Sweep: row.Long(0), Count: KeyValuePair.Create((TrialState)row.Int(1), row.Int(2))))
        .ToLookup(row => row.Sweep, row => row.Count);

    public static IReadOnlyDictionary<TrialState, int> Count(SqliteConnection database, long sweepId) => Counted(
        database.Use(Counts).Bind(1, sweepId).ReadAll(row => KeyValuePair.Create((TrialState)row.Int(0), row.Int(1))));

    public static IReadOnlyDictionary<TrialState, int> Counted(IEnumerable<KeyValuePair<TrialState, int>> counts) =>
        new SortedDictionary<TrialState, int>(counts.ToDictionary());
}
