using Npgsql;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Store.Postgres;

/// <summary>Reads sweeps.</summary>
internal static class SweepRows
{
    private const string Placement = "s.priority, s.slot_limit, s.requires, s.poison_after, s.numerics";
    private const int PlacementCount = 5;
    private const int First = SiloRows.ColumnCount + PlacementCount;

    private const string Select = $"""
        SELECT {SiloRows.Columns}, {Placement}, s.id, s.name, s.state, s.state_reason, s.spec, s.spec_file, s.seed, s.search_version,
               s.maximize, s.inputs, s.term, s.created_at, s.finished_at, s.more
        FROM sweeps s LEFT JOIN silos o ON o.incarnation = s.owner
        """;

    public const string ByName = $"{Select} WHERE s.name = $1";

    public const string ById = $"{Select} WHERE s.id = $1";

    public const string List = $"{Select} ORDER BY s.id";

    /// <summary>What runs is counted over all sweeps: it is no more than all silos have slots, and what they claimed ahead.</summary>
    public const string ListOpen = $"""
        SELECT {Placement}, s.id, s.name, s.owner IS NOT NULL,
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

    public static SweepRecord Read(NpgsqlDataReader row) => new(
        row.GetInt64(First),
        row.GetString(First + 1),
        (SweepState)row.GetInt16(First + 2),
        row.GetString(First + 3),
        row.GetString(First + 4),
        row.GetString(First + 5),
        row.GetInt64(First + 6),
        row.GetInt32(First + 7),
        row.GetInt16(First + 8) != 0,
        StoreJson.ToTexts(row.GetString(First + 9)),
        row.GetInt64(First + 10),
        row.IsDBNull(0) ? null : SiloRows.Read(row),
        Time(row.GetInt64(First + 11)),
        row.IsDBNull(First + 12) ? null : Time(row.GetInt64(First + 12)))
    {
        More = [.. StoreJson.ToValues(row.GetString(First + 13)).Select(count => (int)count!.Value)],
        Placement = ReadPlacement(row, SiloRows.ColumnCount),
    };

    /// <summary>Reads a sweep that silos may work on.</summary>
    /// <param name="row">Of <see cref="ListOpen"/>.</param>
    public static OpenSweep ReadOpen(NpgsqlDataReader row) => new(
        row.GetInt64(PlacementCount),
        row.GetString(PlacementCount + 1),
        ReadPlacement(row, 0),
        row.GetBoolean(PlacementCount + 2),
        row.GetInt32(PlacementCount + 5),
        row.GetBoolean(PlacementCount + 3),
        row.GetBoolean(PlacementCount + 4));

    public static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static SweepPlacement ReadPlacement(NpgsqlDataReader row, int column) => new(
        row.GetInt32(column),
        row.IsDBNull(column + 1) ? null : row.GetInt32(column + 1),
        row.GetString(column + 2),
        row.GetInt32(column + 3),
        row.GetString(column + 4));
}
