namespace Sweep.Store.Postgres;

/// <summary>Writes the audit trail, where it is not written with what it tells.</summary>
internal static class EventLog
{
    private const string AddForSweep = $"""
        INSERT INTO events (sweep_id, at, kind, silo, text)
        SELECT s.id, {Sql.Now}, $2, coalesce((SELECT name FROM silos WHERE incarnation = $3), ''), $4 FROM sweeps s WHERE s.id = $1
        """;

    private const string AddForTrials = $"""
        INSERT INTO events (sweep_id, number, at, kind, silo, text)
        SELECT t.sweep_id, t.number, {Sql.Now}, e.kind, coalesce((SELECT name FROM silos WHERE incarnation = t.owner), ''), $3
        FROM unnest($1::bigint[], $2::text[]) WITH ORDINALITY AS e(id, kind, place) JOIN trials t ON t.id = e.id ORDER BY e.place
        """;

    /// <summary>Notes what happened to a sweep.</summary>
    /// <param name="silo">The incarnation that did it; null when no silo did.</param>
    public static Task<int> OfSweepAsync(PostgresTransaction transaction, long sweepId, string kind, Guid? silo, string text) =>
        transaction.RunAsync(AddForSweep, Sql.Arg(sweepId), Sql.Arg(kind), Sql.Arg(silo ?? Guid.Empty), Sql.Arg(Sql.Text(text)));

    /// <summary>Notes what happened to trials, in the name of their owners.</summary>
    public static Task<int> OfTrialsAsync(PostgresTransaction transaction, IReadOnlyList<(long Id, string Kind)> trials, string text) =>
        transaction.RunAsync(
            AddForTrials, Sql.Arg(trials.Select(trial => trial.Id).ToArray()), Sql.Arg(trials.Select(trial => trial.Kind).ToArray()), Sql.Arg(Sql.Text(text)));
}
