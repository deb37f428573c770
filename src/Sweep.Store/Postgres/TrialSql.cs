using Sweep.Store.Rows;

namespace Sweep.Store.Postgres;

/// <summary>The queries for trials.</summary>
internal static class TrialSql
{
    public const string List = $"""
        SELECT {TrialRows.Columns} FROM trials t WHERE t.sweep_id = $1 AND t.number >= $2 ORDER BY t.sweep_id, t.number, t.replicate LIMIT $3
        """;

    public const string Find = $"SELECT {TrialRows.Columns} FROM trials t WHERE t.sweep_id = $1 AND t.number = $2 ORDER BY t.replicate";

    public const string Quarantined = $"""
        SELECT {TrialRows.Columns} FROM trials t WHERE sweep_id = $1 AND state = {TrialStateSql.Waiting} AND deaths >= 2 ORDER BY {Sql.ByNumber}
        """;

    /// <summary>The order of <c>trials_ranking</c>: the index is walked from its start, nothing is sorted.</summary>
    public const string Rank = $"""
        SELECT {TrialRows.Columns} FROM trials t WHERE t.sweep_id = $1
        ORDER BY t.sweep_id, t.rank_group, t.rank_resource DESC, t.rank_cost, t.number, t.replicate LIMIT $2
        """;

    public const string Counts = "SELECT state, count(*) FROM trials WHERE sweep_id = $1 GROUP BY state ORDER BY state";

    /// <summary>Sweeps that are over have theirs in their row: only the trials of the others are counted, from the index.</summary>
    public const string AllCounts = """
        SELECT s.id, c.state, c.n FROM sweeps s
        CROSS JOIN LATERAL (SELECT state, count(*) AS n FROM trials WHERE sweep_id = s.id GROUP BY state) c WHERE s.counts IS NULL
        UNION ALL
        SELECT s.id, c.key::smallint, c.value::bigint FROM sweeps s CROSS JOIN LATERAL json_each_text(s.counts::json) c WHERE s.counts IS NOT NULL
        """;

    /// <summary>Those among the places that neither wait nor just train their first epoch.</summary>
    public const string Progress = $"""
        SELECT {TrialRows.Columns} FROM unnest($2::int[], $3::int[]) AS p(number, replicate)
        CROSS JOIN LATERAL (
            SELECT * FROM trials o WHERE o.sweep_id = $1 AND o.number = p.number AND o.replicate = p.replicate LIMIT 1) AS t
        WHERE t.state > {TrialStateSql.Running} OR t.state = {TrialStateSql.Running} AND t.resource > 0
        """;

    /// <summary>Of the sweep $1, or of all when it is null.</summary>
    public const string Running = $"""
        SELECT {TrialRows.Columns}, s.name, t.owner, t.claimed_at FROM trials t JOIN sweeps s ON s.id = t.sweep_id
        WHERE t.state = {TrialStateSql.Running} AND t.owner IS NOT NULL AND ($1::bigint IS NULL OR t.sweep_id = $1)
        ORDER BY t.owner, t.sweep_id, t.number, t.replicate
        """;
}
