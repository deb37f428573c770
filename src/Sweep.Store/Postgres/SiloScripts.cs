using Sweep.Store.Rows;

namespace Sweep.Store.Postgres;

/// <summary>Writes that concern silos and what they own.</summary>
internal static class SiloScripts
{
    private const string Add = $"""
        INSERT INTO silos (incarnation, name, host, boot_id, pid_namespace, pid, start_time, slots, labels, registered_at, lease_ms, heartbeat, lease_until)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, {Sql.Now}, $10, clock_timestamp(), clock_timestamp() + $10 * interval '1 millisecond')
        """;

    /// <summary>The row of the silo comes first, and not at all when it is not registered.</summary>
    public const string Beat = $"""
        WITH renewed AS (
            UPDATE silos SET heartbeat = clock_timestamp(), lease_until = clock_timestamp() + lease_ms * interval '1 millisecond'
            WHERE incarnation = $1 RETURNING 1)
        SELECT 0 AS kind, 0::bigint AS id, 0::bigint AS token, 0::bigint AS sweep_id, false AS wanted FROM renewed
        UNION ALL SELECT 1, t.id, t.attempt, t.sweep_id, s.state IN {SweepStateSql.Open} FROM trials t JOIN sweeps s ON s.id = t.sweep_id WHERE t.owner = $1 AND t.state = {TrialStateSql.Running}
        UNION ALL SELECT 2, s.id, s.term, s.id, true FROM sweeps s WHERE s.owner = $1
        """;

    private const string HoldSilo = "SELECT incarnation FROM silos WHERE incarnation = $1 FOR KEY SHARE";

    private const string Activate = $"""
        UPDATE sweeps SET term = term + 1, owner = $2, state = {SweepStateSql.Running}, state_reason = ''
        WHERE id = $1 AND state IN {SweepStateSql.Open} AND (owner IS NULL OR owner = $2)
          AND EXISTS (SELECT 1 FROM silos WHERE incarnation = $2)
        RETURNING term, {Sql.Now} - created_at
        """;

    private const string Refuse = """
        INSERT INTO refusals (sweep_id, incarnation, reason)
        SELECT s.id, o.incarnation, $3 FROM sweeps s, silos o WHERE s.id = $1 AND o.incarnation = $2
        ON CONFLICT (sweep_id, incarnation) DO UPDATE SET reason = excluded.reason WHERE refusals.reason <> excluded.reason
        """;

    private const string TakeBack = "DELETE FROM refusals WHERE sweep_id = $1 AND incarnation = $2";

    public static async Task<bool> RegisterAsync(PostgresTransaction transaction, SiloRecord silo)
    {
        await transaction.RunAsync(
            Add, Sql.Arg(silo.Incarnation), Sql.Arg(silo.Name), Sql.Arg(silo.Process.Host), Sql.Arg(silo.Process.BootId), Sql.Arg(silo.Process.PidNamespace),
            Sql.Arg(silo.Process.Pid), Sql.Arg(silo.Process.StartTime), Sql.Arg(silo.Slots), Sql.Arg(silo.Labels), Sql.Arg((long)silo.Lease.TotalMilliseconds));
        return true;
    }

    public static async Task<SiloHoldings?> BeatAsync(PostgresTransaction transaction, Guid silo)
    {
        var rows = await transaction.ReadAllAsync(
            Beat, row => (Kind: row.Int(0), Id: row.Long(1), Token: row.Long(2), Sweep: row.Long(3), IsWanted: row.Bool(4)), Sql.Arg(silo));
        return !rows.Exists(row => row.Kind == 0) ? null : new SiloHoldings(
            [.. rows.Where(row => row.Kind == 1).Select(row => new HeldTrial(row.Id, (int)row.Token, row.Sweep, row.IsWanted))],
            [.. rows.Where(row => row.Kind == 2).Select(row => new HeldSweep(row.Id, row.Token))]);
    }

    public static async Task<ActivationResult> ActivateAsync(PostgresTransaction transaction, long sweepId, Guid silo)
    {
        await transaction.RunAsync(HoldSilo, Sql.Arg(silo));
        var granted = await transaction.ReadAsync(
            Activate, row => new ActivationResult(row.Long(0), null) { Age = TimeSpan.FromMilliseconds(row.Long(1)) }, Sql.Arg(sweepId), Sql.Arg(silo));
        if (granted is null)
        {
            var sweep = await transaction.ReadAsync(SweepSql.ById, SweepRows.Read, Sql.Arg(sweepId));
            return new ActivationResult(null, sweep?.Owner);
        }

        await EventLog.OfSweepAsync(transaction, sweepId, EventEntry.Activated(granted.Term!.Value), silo);
        return granted;
    }

    public static async Task<bool> RefuseAsync(PostgresTransaction transaction, long sweepId, Guid silo, string? reason)
    {
        if (reason is null)
        {
            await transaction.RunAsync(TakeBack, Sql.Arg(sweepId), Sql.Arg(silo));
        }
        else
        {
            await transaction.RunAsync(HoldSilo, Sql.Arg(silo));
            await transaction.RunAsync(Refuse, Sql.Arg(sweepId), Sql.Arg(silo), Sql.Arg(Sql.Text(reason)));
        }

        return true;
    }
}
