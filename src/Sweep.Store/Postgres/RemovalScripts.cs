namespace Sweep.Store.Postgres;

/// <summary>Deletes sweeps, and checkpoints that nobody needs, in transactions of a bounded size; a deletion can be gone on with after any of them.</summary>
internal static class RemovalScripts
{
    /// <summary>Checkpoints removed in one transaction, so that reports do not wait for long.</summary>
    public const int CheckpointsAtOnce = 32;

    private const int TrialsAtOnce = 500;
    private const int RowsAtOnce = 5000;

    /// <summary>By way of the checkpoints, of which there are few however many trials there are: those of the sweep's first trial and of later ones.</summary>
    private const string Unneeded = $"""
        WITH dropped AS (
            DELETE FROM checkpoints WHERE id IN (
                SELECT c.id FROM checkpoints c CROSS JOIN LATERAL (SELECT * FROM trials o WHERE o.id = c.trial_id LIMIT 1) AS t
                WHERE c.trial_id >= (SELECT id FROM trials WHERE sweep_id = $1 ORDER BY number, replicate LIMIT 1)
                  AND t.sweep_id = $1 AND t.state IN {TrialStateSql.Final} AND NOT starts_with(t.reason, $4) AND t.number <> ALL ($2) LIMIT $3)
            RETURNING id),
        emptied AS (DELETE FROM checkpoint_chunks k USING dropped WHERE k.checkpoint_id = dropped.id)
        SELECT count(*) FROM dropped
        """;

    private const string Decisions = "DELETE FROM decisions WHERE id IN (SELECT id FROM decisions WHERE sweep_id = $1 LIMIT $2)";
    private const string Events = "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE sweep_id = $1 LIMIT $2)";

    private const string Checkpoints = """
        WITH dropped AS (
            DELETE FROM checkpoints WHERE id IN (
                SELECT c.id FROM trials t JOIN checkpoints c ON c.trial_id = t.id WHERE t.sweep_id = $1 LIMIT $2) RETURNING id),
        emptied AS (DELETE FROM checkpoint_chunks k USING dropped WHERE k.checkpoint_id = dropped.id)
        SELECT count(*) FROM dropped
        """;

    private const string Reports = """
        DELETE FROM reports WHERE (trial_id, step) IN (
            SELECT r.trial_id, r.step FROM trials t JOIN reports r ON r.trial_id = t.id WHERE t.sweep_id = $1 LIMIT $2)
        """;

    private const string Trials = "DELETE FROM trials WHERE id IN (SELECT id FROM trials WHERE sweep_id = $1 LIMIT $2)";
    private const string Refusals = "DELETE FROM refusals WHERE sweep_id = $1";
    private const string Sweep = "DELETE FROM sweeps WHERE id = $1";

    /// <summary>Removes up to <see cref="CheckpointsAtOnce"/> of trials that nobody can try again and whose numbers are not kept; returns how many.</summary>
    public static async Task<int> PruneAsync(PostgresTransaction transaction, long sweepId, long term, IReadOnlyCollection<int> kept) =>
        await CoordinatorSql.EnterAsync(transaction, sweepId, term) is null ? 0 : (int)await transaction.ReadAsync(
            Unneeded, row => row.Long(0), Sql.Arg(sweepId), Sql.Arg(kept.ToArray()), Sql.Arg(CheckpointsAtOnce), Sql.Arg(Sql.SiblingPrefix));

    /// <summary>Deletes some of what is left of a sweep; true when nothing is, the sweep itself included.</summary>
    public static async Task<bool> DeleteSomeAsync(PostgresTransaction transaction, long sweepId)
    {
        if (await transaction.ReadAsync(Checkpoints, row => row.Long(0), Sql.Arg(sweepId), Sql.Arg(CheckpointsAtOnce)) > 0)
        {
            return false;
        }

        foreach (var (sql, limit) in ((string, int)[])[(Decisions, RowsAtOnce), (Events, RowsAtOnce), (Reports, RowsAtOnce), (Trials, TrialsAtOnce)])
        {
            if (await transaction.RunAsync(sql, Sql.Arg(sweepId), Sql.Arg(limit)) > 0)
            {
                return false;
            }
        }

        await transaction.RunAsync(Refusals, Sql.Arg(sweepId));
        await transaction.RunAsync(Sweep, Sql.Arg(sweepId));
        return true;
    }
}
