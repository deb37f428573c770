using Sweep.Search.Trials;

namespace Sweep.Store.Rows;

/// <summary>Reads what happened to trials and sweeps: reports, decisions, events.</summary>
internal static class HistoryRows
{
    /// <summary>The columns of reports AS r.</summary>
    public const string Report = "r.step, r.objectives, r.metrics, r.learning_rate, r.seconds";

    public const string Decision = "id, trial_id, from_state, to_state, granted, virtual_time, last_seen, donor_id, parameters";

    public const string Event = "at, kind, number, silo, text";

    public static ReportRecord ReadReport(IRow row) => ReadReport(row, 0);

    /// <summary>Reads a report whose columns begin at <paramref name="at"/>.</summary>
    public static ReportRecord ReadReport(IRow row, int at) => new(
        row.Int(at),
        StoreJson.ToValues(row.Text(at + 1)),
        StoreJson.ToMetrics(row.Text(at + 2)),
        row.IsNull(at + 3) ? double.NaN : row.Double(at + 3),
        row.Double(at + 4));

    public static DecisionRecord ReadDecision(IRow row) => new(
        row.Long(0),
        row.Long(1),
        (TrialState)row.Int(2),
        (TrialState)row.Int(3),
        row.Int(4),
        row.Double(5),
        row.Long(6),
        row.LongOrNull(7),
        row.TextOrNull(8));

    public static EventRecord ReadEvent(IRow row) => new(row.Time(0), row.Text(1), row.IntOrNull(2), row.Text(3), row.Text(4));
}
