using Sweep.Store.Rows;

namespace Sweep.Store.Sqlite;

/// <summary>The queries for sweeps.</summary>
internal static class SweepSql
{
    public const string ByName = $"{SweepRows.Select} WHERE s.name = ?1";

    public const string ById = $"{SweepRows.Select} WHERE s.id = ?1";

    public const string List = $"{SweepRows.Select} ORDER BY s.id";

    /// <summary>The WHERE of the indexes is written out: SQLite uses them for nothing else.</summary>
    public const string ListOpen = $"""
        SELECT {SweepRows.OpenColumns},
            EXISTS (SELECT 1 FROM trials WHERE sweep_id = s.id AND state = {TrialStateSql.Waiting} AND held = 0 AND deaths < 2),
            EXISTS (SELECT 1 FROM trials WHERE sweep_id = s.id AND state = {TrialStateSql.Waiting} AND deaths >= 2)
        FROM sweeps s WHERE s.state IN {SweepStateSql.Open} ORDER BY s.id
        """;

    /// <summary>Of a sweep that ended in this transaction; none are kept while it has trials that are not over.</summary>
    public const string KeepCounts = $$"""
        UPDATE sweeps SET counts = (
            SELECT '{' || group_concat('"' || state || '":' || n) || '}'
            FROM (SELECT state, count(*) AS n FROM trials WHERE sweep_id = ?1 GROUP BY state ORDER BY state) HAVING min(state) > {{TrialStateSql.Paused}})
        WHERE id = ?1
        """;

    public static SweepRecord? Find(SqliteConnection database, long sweepId)
    {
        using var row = database.Use(ById).Bind(1, sweepId);
        return row.Step() ? SweepRows.Read(row) : null;
    }
}
