using Sweep.Search.Trials;

namespace Sweep.Store.Rows;

/// <summary>Reads trials.</summary>
internal static class TrialRows
{
    /// <summary>The columns that <see cref="Read"/> takes, in its order, of trials AS t.</summary>
    public const string Columns = """
        t.id, t.sweep_id, t.number, t.replicate, t.state, t.attempt, t.parameters, t.granted, t.resource, t.rank_resource, t.objectives, t.reason,
        t.seconds, t.numerics_profile, t.test_metrics, t.held, t.first_granted, t.deaths
        """;

    /// <summary>How many those are.</summary>
    public const int ColumnCount = 18;

    public static TrialRecord Read(IRow row) => new(
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

    /// <summary>Reads a trial that runs: after its columns come the sweep's name, the owner and when it was claimed.</summary>
    public static RunningTrialRecord ReadRunning(IRow row) => new(
        row.Text(ColumnCount), Read(row), row.Guid(ColumnCount + 1), row.Time(ColumnCount + 2));
}
