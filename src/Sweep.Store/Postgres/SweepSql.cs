using Sweep.Store.Rows;

namespace Sweep.Store.Postgres;

/// <summary>The queries for sweeps.</summary>
internal static class SweepSql
{
    public const string ByName = $"{SweepRows.Select} WHERE s.name = $1";

    public const string ById = $"{SweepRows.Select} WHERE s.id = $1";

    public const string List = $"{SweepRows.Select} ORDER BY s.id";

    /// <summary>What runs is counted over all sweeps: it is no more than all silos have slots, and what they claimed ahead.</summary>
    public const string ListOpen = $"""
        SELECT {SweepRows.OpenColumns},
            (SELECT 1 FROM trials WHERE sweep_id = s.id AND {Sql.Claimable} ORDER BY {Sql.ByNumber} LIMIT 1) IS NOT NULL,
            (SELECT 1 FROM trials WHERE sweep_id = s.id AND {Sql.Suspect} ORDER BY {Sql.ByNumber} LIMIT 1) IS NOT NULL,
            coalesce(r.running, 0)::int
        FROM sweeps s LEFT JOIN (SELECT sweep_id, count(*) AS running FROM trials WHERE state = {TrialStateSql.Running} GROUP BY sweep_id) r ON r.sweep_id = s.id
        WHERE s.state IN {SweepStateSql.Open} ORDER BY s.id
        """;

    /// <summary>The counts of the sweep s, as <c>counts</c> keeps them; null while it has trials that are not over.</summary>
    public const string FinalCounts = $$"""
        (SELECT '{' || string_agg('"' || c.state || '":' || c.n, ',' ORDER BY c.state) || '}'
         FROM (SELECT state, count(*) AS n FROM trials WHERE sweep_id = s.id GROUP BY state) c HAVING min(c.state) > {{TrialStateSql.Paused}})
        """;

    /// <summary>Of a sweep that ended in this transaction.</summary>
    public const string KeepCounts = $"UPDATE sweeps s SET counts = {FinalCounts} WHERE s.id = $1";

    /// <summary>Reads a sweep that silos may work on.</summary>
    /// <param name="row">Of <see cref="ListOpen"/>.</param>
    public static OpenSweep ReadOpen(IRow row) => SweepRows.ReadOpen(row, row.Int(SweepRows.OpenCount));
}
