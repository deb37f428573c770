using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Store.Sqlite;

/// <summary>Reads sweeps.</summary>
internal static class SweepRows
{
    private const string Placement = "s.priority, s.slot_limit, s.requires, s.poison_after, s.numerics";

    private const string Select = $"""
        SELECT {SiloRows.Columns}, {Placement}, s.id, s.name, s.state, s.state_reason, s.spec, s.spec_file, s.seed, s.search_version,
               s.maximize, s.inputs, s.term, s.created_at, s.finished_at, s.more
        FROM sweeps s LEFT JOIN silos o ON o.incarnation = s.owner
        """;

    public const string ByName = $"{Select} WHERE s.name = ?1";

    public const string ById = $"{Select} WHERE s.id = ?1";

    public const string List = $"{Select} ORDER BY s.id";

    /// <summary>The WHERE of the indexes is written out: SQLite uses them for nothing else.</summary>
    public const string ListOpen = $"""
        SELECT {Placement}, s.id, s.name, s.owner IS NOT NULL,
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

    private const int First = SiloRows.ColumnCount + PlacementCount;
    private const int PlacementCount = 5;

    public static SweepRecord Read(SqliteStatement row) => new(
        row.Long(First),
        row.Text(First + 1),
        (SweepState)row.Int(First + 2),
        row.Text(First + 3),
        row.Text(First + 4),
        row.Text(First + 5),
        row.Long(First + 6),
        row.Int(First + 7),
        row.Int(First + 8) != 0,
        StoreJson.ToTexts(row.Text(First + 9)),
        row.Long(First + 10),
        row.IsNull(0) ? null : SiloRows.Read(row),
        Time(row.Long(First + 11)),
        row.IsNull(First + 12) ? null : Time(row.Long(First + 12)))
    {
        More = [.. StoreJson.ToValues(row.Text(First + 13)).Select(count => (int)count!.Value)],
        Placement = ReadPlacement(row, SiloRows.ColumnCount),
    };

    /// <summary>Reads a sweep that is not over or paused.</summary>
    /// <param name="row">Of <see cref="ListOpen"/>.</param>
    /// <param name="running">How many trials run, by sweep.</param>
    public static OpenSweep ReadOpen(SqliteStatement row, IReadOnlyDictionary<long, int> running) => new(
        row.Long(PlacementCount),
        row.Text(PlacementCount + 1),
        ReadPlacement(row, 0),
        row.Int(PlacementCount + 2) != 0,
        running.GetValueOrDefault(row.Long(PlacementCount)),
        row.Int(PlacementCount + 3) != 0,
        row.Int(PlacementCount + 4) != 0);

    public static SweepRecord? Find(SqliteConnection database, long sweepId)
    {
        using var row = database.Use(ById).Bind(1, sweepId);
        return row.Step() ? Read(row) : null;
    }

    public static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static SweepPlacement ReadPlacement(SqliteStatement row, int column) => new(
        row.Int(column),
        row.IsNull(column + 1) ? null : row.Int(column + 1),
        row.Text(column + 2),
        row.Int(column + 3),
        row.Text(column + 4));
}
