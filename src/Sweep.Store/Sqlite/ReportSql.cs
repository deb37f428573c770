using Sweep.Store.Rows;

namespace Sweep.Store.Sqlite;

/// <summary>The queries for reports.</summary>
internal static class ReportSql
{
    public const string List = $"SELECT {HistoryRows.Report} FROM reports r WHERE r.trial_id = ?1 ORDER BY r.step";

    public const string Find = $"SELECT {HistoryRows.Report} FROM reports r WHERE r.trial_id = ?1 AND r.step = ?2";

    public const string At = $"""
        SELECT {HistoryRows.Report}, t.id FROM trials t CROSS JOIN reports r ON r.trial_id = t.id AND r.step = ?2
        WHERE t.sweep_id = ?1 ORDER BY t.number, t.replicate
        """;

    public const string Experiences = """
        SELECT r.experiences FROM trials t CROSS JOIN reports r ON r.trial_id = t.id AND r.step <= t.first_granted
        WHERE t.sweep_id = ?1 AND t.number >= ?2 AND t.number < ?3 AND r.experiences IS NOT NULL ORDER BY t.number, t.replicate, r.step
        """;
}
