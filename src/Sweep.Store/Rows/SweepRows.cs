using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Store.Rows;

/// <summary>Reads sweeps.</summary>
internal static class SweepRows
{
    /// <summary>The columns that <see cref="ReadOpen"/> takes first.</summary>
    public const string OpenColumns = $"s.id, {Placement}, s.name, s.owner IS NOT NULL";

    private const string Placement = "s.priority, s.slot_limit, s.requires, s.poison_after, s.numerics";

    /// <summary>What <see cref="Read"/> takes.</summary>
    public const string Select = $"""
        SELECT {SiloRows.Columns}, {Placement}, s.id, s.name, s.state, s.state_reason, s.spec, s.spec_file, s.seed, s.search_version,
               s.maximize, s.inputs, s.term, s.created_at, s.finished_at, s.more
        FROM sweeps s LEFT JOIN silos o ON o.incarnation = s.owner
        """;

    /// <summary>How many columns <see cref="ReadOpen"/> takes.</summary>
    public const int OpenCount = PlacementCount + 5;

    private const int PlacementCount = 5;
    private const int First = SiloRows.ColumnCount + PlacementCount;

    public static SweepRecord Read(IRow row) => new(
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
        row.Time(First + 11),
        row.TimeOrNull(First + 12))
    {
        More = [.. StoreJson.ToValues(row.Text(First + 13)).Select(count => (int)count!.Value)],
        Placement = ReadPlacement(row, SiloRows.ColumnCount),
    };

    /// <summary>Reads a sweep that silos may work on: its id, placement and name, then whether it has an owner, trials that wait, and suspects.</summary>
    /// <param name="running">How many of its trials run.</param>
    public static OpenSweep ReadOpen(IRow row, int running) => new(
        row.Long(0),
        row.Text(PlacementCount + 1),
        ReadPlacement(row, 1),
        row.Bool(PlacementCount + 2),
        running,
        row.Bool(PlacementCount + 3),
        row.Bool(PlacementCount + 4));

    private static SweepPlacement ReadPlacement(IRow row, int column) => new(
        row.Int(column), row.IntOrNull(column + 1), row.Text(column + 2), row.Int(column + 3), row.Text(column + 4));
}
