using Sweep.Grains.Storage;
using Sweep.Grains.Trials;

namespace Sweep.Silo.Storage.Sqlite;

/// <summary>Reads trials.</summary>
internal static class TrialRows
{
    /// <summary>The columns that <see cref="Read"/> takes, in its order.</summary>
    public const string Columns =
        "id, sweep_id, number, replicate, state, attempt, parameters, granted, resource, rank_resource, objectives, reason, seconds, numerics_profile, test_metrics, held, first_granted";

    /// <summary>How many those are.</summary>
    public const int ColumnCount = 17;

    public const string List = $"""
        SELECT {Columns} FROM trials WHERE sweep_id = ?1 AND number >= ?2 ORDER BY number, replicate LIMIT ?3
        """;

    public const string Find = $"SELECT {Columns} FROM trials WHERE sweep_id = ?1 AND number = ?2 ORDER BY replicate";

    /// <summary>The order of <c>trials_ranking</c>: the index is walked from its start, nothing is sorted.</summary>
    public const string Ranking = "ORDER BY rank_group, rank_resource DESC, rank_cost, number, replicate";

    public const string Rank = $"SELECT {Columns} FROM trials WHERE sweep_id = ?1 {Ranking} LIMIT ?2";

    public const string Counts = "SELECT state, count(*) FROM trials WHERE sweep_id = ?1 GROUP BY state";

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
    };

    public static List<TrialRecord> ReadAll(SqliteStatement rows)
    {
        var trials = new List<TrialRecord>();
        while (rows.Step())
        {
            trials.Add(Read(rows));
        }

        return trials;
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
