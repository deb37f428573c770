using Sweep.Store.Rows;

namespace Sweep.Store.Postgres;

/// <summary>The audit trail, where it is not written together with what it records.</summary>
internal static class EventLog
{
    /// <summary>BETWEEN, because behind an equality the server would rather walk all events by id.</summary>
    public const string List = $"""
        SELECT {HistoryRows.Event} FROM events WHERE sweep_id BETWEEN $1 AND $1 ORDER BY sweep_id DESC, id DESC LIMIT $2
        """;

    /// <inheritdoc cref="List"/>
    public const string ListOfTrial = $"""
        SELECT {HistoryRows.Event} FROM events WHERE sweep_id BETWEEN $1 AND $1 AND number = $2 ORDER BY sweep_id, id
        """;

    private const string AddForSweep = $"""
        INSERT INTO events (sweep_id, at, kind, silo, text)
        SELECT s.id, {Sql.Now}, $2, coalesce((SELECT name FROM silos WHERE incarnation = $3), ''), $4 FROM sweeps s WHERE s.id = $1
        """;

    private const string AddForTrials = $"""
        INSERT INTO events (sweep_id, number, at, kind, silo, text)
        SELECT t.sweep_id, t.number, {Sql.Now}, e.kind, coalesce((SELECT name FROM silos WHERE incarnation = t.owner), ''), e.text
        FROM unnest($1::bigint[], $2::text[], $3::text[]) WITH ORDINALITY AS e(id, kind, text, place) JOIN trials t ON t.id = e.id ORDER BY e.place
        """;

    /// <summary>Records what happened to a sweep.</summary>
    /// <param name="silo">The incarnation that did it; null when no silo did.</param>
    public static Task<int> OfSweepAsync(PostgresTransaction transaction, long sweepId, EventEntry entry, Guid? silo = null) =>
        transaction.RunAsync(AddForSweep, Sql.Arg(sweepId), Sql.Arg(entry.StoredKind), Sql.Arg(silo ?? Guid.Empty), Sql.Arg(Sql.Text(entry.Text)));

    /// <summary>Records what happened to trials, in the name of their owners.</summary>
    public static Task<int> OfTrialsAsync(PostgresTransaction transaction, IReadOnlyList<(long Id, EventEntry Entry)> trials) => transaction.RunAsync(
        AddForTrials,
        Sql.Arg(trials.Select(trial => trial.Id).ToArray()), Sql.Arg(trials.Select(trial => trial.Entry.StoredKind).ToArray()),
        Sql.Arg(trials.Select(trial => Sql.Text(trial.Entry.Text)).ToArray()));
}
