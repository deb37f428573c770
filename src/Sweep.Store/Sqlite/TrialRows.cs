using Sweep.Search.Trials;

namespace Sweep.Store.Sqlite;

/// <summary>Reads trials.</summary>
internal static class TrialRows
{
    /// <summary>The columns that <see cref="Read"/> takes, in its order.</summary>
    public const string Columns =
        "id, sweep_id, number, replicate, state, attempt, parameters, granted, resource, rank_resource, objectives, reason, seconds, numerics_profile, test_metrics, held, first_granted, deaths";

    /// <summary>How many those are.</summary>
    public const int ColumnCount = 18;

    public const string List = $"""
        SELECT {Columns} FROM trials WHERE sweep_id = ?1 AND number >= ?2 ORDER BY number, replicate LIMIT ?3
        """;

    public const string Find = $"SELECT {Columns} FROM trials WHERE sweep_id = ?1 AND number = ?2 ORDER BY replicate";

    /// <summary>The order of <c>trials_ranking</c>: the index is walked from its start, nothing is sorted.</summary>
    public const string Ranking = "ORDER BY rank_group, rank_resource DESC, rank_cost, number, replicate";

    public const string Rank = $"SELECT {Columns} FROM trials WHERE sweep_id = ?1 {Ranking} LIMIT ?2";

    /// <summary>Those among the places ?2, a JSON list of [number, replicate], that neither wait nor just train their first epoch.</summary>
    public const string Progress = $"""
        SELECT {Columns} FROM (SELECT value ->> 0 AS n, value ->> 1 AS r FROM json_each(?2)) CROSS JOIN trials
        WHERE sweep_id = ?1 AND number = n AND replicate = r AND (state > {TrialStateSql.Running} OR state = {TrialStateSql.Running} AND resource > 0)
        """;

    /// <summary>Of the sweep ?1, or of all when it is null.</summary>
    public const string Running = $"""
        SELECT {Columns}, (SELECT name FROM sweeps WHERE sweeps.id = sweep_id), owner, claimed_at FROM trials INDEXED BY trials_running
        WHERE state = {TrialStateSql.Running} AND owner IS NOT NULL AND sweep_id = coalesce(?1, sweep_id) ORDER BY owner, sweep_id, number, replicate
        """;

    /// <summary>As many entries as trials run at all.</summary>
    public const string RunningCounts = $"SELECT sweep_id, count(*) FROM trials INDEXED BY trials_running WHERE state = {TrialStateSql.Running} GROUP BY sweep_id";

    public const string Counts = "SELECT state, count(*) FROM trials WHERE sweep_id = ?1 GROUP BY state";

    /// <summary>Of the sweeps that are over, which have theirs in their row.</summary>
    public const string FinalCounts = "SELECT s.id, c.key + 0, c.value FROM sweeps s, json_each(s.counts) c WHERE s.counts IS NOT NULL";

    public static TrialRecord Read(SqliteStatement row) => new(
        row.Long(0),
        row.Long(1),
        row.Int(2),
        row.Int(3),
        (TrialState)row.Int(4),
        row.Int(5),
        row.Text(6),
        row.Int(7),
        row.Int(8),
        row.Int(9),
        StoreJson.ToValues(row.Text(10)),
        row.Text(11),
        row.Double(12),
        row.Text(13))
    {
        TestMetrics = row.IsNull(14) ? null : StoreJson.ToMetrics(row.Text(14)),
        IsHeld = row.Int(15) != 0,
        FirstGranted = row.Int(16),
        Deaths = row.Int(17),
    };

    /// <summary>Reads a trial that runs.</summary>
    /// <param name="row">Of <see cref="Running"/>.</param>
    public static RunningTrialRecord ReadRunning(SqliteStatement row) => new(
        row.Text(ColumnCount), Read(row), Guid.ParseExact(row.Text(ColumnCount + 1), "N"), SweepRows.Time(row.Long(ColumnCount + 2)));

    public static Dictionary<long, int> CountRunning(SqliteConnection database)
    {
        var counts = new Dictionary<long, int>();
        using var rows = database.Use(RunningCounts);
        while (rows.Step())
        {
            counts.Add(rows.Long(0), rows.Int(1));
        }

        return counts;
    }

    public static List<TrialRecord> ReadAll(SqliteStatement rows)
    {
        var trials = new List<TrialRecord>();
        while (rows.Step())
        {
            trials.Add(Read(rows));
        }

        return trials;
    }

    /// <summary>By sweep, of those that are over and have theirs in their row: the trials of the others are counted.</summary>
    public static Dictionary<long, SortedDictionary<TrialState, int>> ReadFinalCounts(SqliteConnection database)
    {
        var all = new Dictionary<long, SortedDictionary<TrialState, int>>();
        using var rows = database.Use(FinalCounts);
        while (rows.Step())
        {
            if (!all.TryGetValue(rows.Long(0), out var counts))
            {
                all.Add(rows.Long(0), counts = []);
            }

            counts.Add((TrialState)rows.Int(1), rows.Int(2));
        }

        return all;
    }

    public static SortedDictionary<TrialState, int> Count(SqliteConnection database, long sweepId)
    {
        var counts = new SortedDictionary<TrialState, int>();
        using var rows = database.Use(Counts).Bind(1, sweepId);
        while (rows.Step())
        {
            counts.Add((TrialState)rows.Int(0), rows.Int(1));
        }

        return counts;
    }
}
