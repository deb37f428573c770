using Npgsql;
using Sweep.Search.Trials;

namespace Sweep.Store.Postgres;

/// <summary>Reads reports, and what stands beside them: decisions and events.</summary>
internal static class ReportRows
{
    /// <summary>The columns that <c>Read</c> takes, in its order.</summary>
    public const string Columns = "r.step, r.objectives, r.metrics, r.learning_rate, r.seconds";

    public const string List = $"SELECT {Columns} FROM reports r WHERE r.trial_id = $1 ORDER BY r.step";

    public const string At = $"""
        SELECT {Columns}, t.id FROM trials t JOIN reports r ON r.trial_id = t.id AND r.step = $2
        WHERE t.sweep_id = $1 ORDER BY t.number, t.replicate
        """;

    public const string Experiences = """
        SELECT r.experiences FROM trials t JOIN reports r ON r.trial_id = t.id AND r.step <= t.first_granted
        WHERE t.sweep_id = $1 AND t.number >= $2 AND t.number < $3 AND r.experiences IS NOT NULL ORDER BY t.number, t.replicate, r.step
        """;

    public const string Decisions = """
        SELECT id, trial_id, from_state, to_state, granted, virtual_time, last_seen, donor_id, parameters
        FROM decisions WHERE (sweep_id, id) > ($1, $2) AND sweep_id <= $1 ORDER BY sweep_id, id
        """;

    /// <summary>BETWEEN, because behind an equality the server would rather walk all events by id.</summary>
    public const string Events = """
        SELECT at, kind, number, silo, text FROM events WHERE sweep_id BETWEEN $1 AND $1 ORDER BY sweep_id DESC, id DESC LIMIT $2
        """;

    public static ReportRecord Read(NpgsqlDataReader row) => Read(row, 0);

    /// <summary>Reads a report among other columns.</summary>
    /// <param name="at">Where its columns begin.</param>
    public static ReportRecord Read(NpgsqlDataReader row, int at) => new(
        row.GetInt32(at),
        StoreJson.ToValues(row.GetString(at + 1)),
        StoreJson.ToMetrics(row.GetString(at + 2)),
        row.IsDBNull(at + 3) ? double.NaN : row.GetDouble(at + 3),
        row.GetDouble(at + 4));

    public static DecisionRecord ReadDecision(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        (TrialState)row.GetInt16(2),
        (TrialState)row.GetInt16(3),
        row.GetInt32(4),
        row.GetDouble(5),
        row.GetInt64(6),
        row.IsDBNull(7) ? null : row.GetInt64(7),
        row.IsDBNull(8) ? null : row.GetString(8));

    public static EventRecord ReadEvent(NpgsqlDataReader row) => new(
        SweepRows.Time(row.GetInt64(0)), row.GetString(1), row.IsDBNull(2) ? null : row.GetInt32(2), row.GetString(3), row.GetString(4));
}
