using Sweep.Search.Trials;

namespace Sweep.Store.Sqlite;

/// <summary>Reads reports.</summary>
internal static class ReportRows
{
    /// <summary>The columns that <see cref="Read"/> takes, in its order.</summary>
    public const string Columns = "r.step, r.objectives, r.metrics, r.learning_rate, r.seconds";

    public const string List = $"SELECT {Columns} FROM reports r WHERE r.trial_id = ?1 ORDER BY r.step";

    public const string Find = $"SELECT {Columns} FROM reports r WHERE r.trial_id = ?1 AND r.step = ?2";

    public const string At = $"""
        SELECT {Columns}, t.id FROM trials t CROSS JOIN reports r ON r.trial_id = t.id AND r.step = ?2
        WHERE t.sweep_id = ?1 ORDER BY t.number, t.replicate
        """;

    public const string Experiences = """
        SELECT r.experiences FROM trials t CROSS JOIN reports r ON r.trial_id = t.id AND r.step <= t.first_granted
        WHERE t.sweep_id = ?1 AND t.number >= ?2 AND t.number < ?3 AND r.experiences IS NOT NULL ORDER BY t.number, t.replicate, r.step
        """;

    public static ReportRecord Read(SqliteStatement row) => new(
        row.Int(0),
        StoreJson.ToValues(row.Text(1)),
        StoreJson.ToMetrics(row.Text(2)),
        row.IsNull(3) ? double.NaN : row.Double(3),
        row.Double(4));
}
