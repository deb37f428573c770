namespace Sweep.Store.Sqlite;

/// <summary>What a silo writes about itself, and about the sweeps that it coordinates or leaves alone.</summary>
internal static class SiloWrites
{
    private const string Add = """
        INSERT INTO silos (incarnation, name, host, boot_id, pid_namespace, pid, start_time, slots, labels, registered_at, lease_ms, heartbeat, lease_until)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12 + ?11 * 1000000)
        """;

    private const string Renew = "UPDATE silos SET heartbeat = ?2, lease_until = ?2 + lease_ms * 1000000 WHERE incarnation = ?1";

    /// <summary>The WHERE of the index <c>trials_running</c> is written out.</summary>
    public const string HeldTrials = $"""
        SELECT t.id, t.attempt, t.sweep_id, s.state IN {SweepStateSql.Open} FROM trials t CROSS JOIN sweeps s ON s.id = t.sweep_id
        WHERE t.owner = ?1 AND t.state = {TrialStateSql.Running}
        """;

    public const string HeldSweeps = "SELECT id, term FROM sweeps WHERE owner = ?1 AND owner IS NOT NULL";

    /// <summary>Only for a registered silo, over a sweep that is not, and that no other holds.</summary>
    private const string Activate = $"""
        UPDATE sweeps SET term = term + 1, owner = ?2, state = {SweepStateSql.Running}, state_reason = ''
        WHERE id = ?1 AND state IN {SweepStateSql.Open} AND (owner IS NULL OR owner = ?2)
          AND EXISTS (SELECT 1 FROM silos WHERE incarnation = ?2)
        RETURNING term, created_at
        """;

    private const string Refuse = """
        INSERT INTO refusals (sweep_id, incarnation, reason)
        SELECT sweeps.id, silos.incarnation, ?3 FROM sweeps, silos WHERE sweeps.id = ?1 AND silos.incarnation = ?2
        ON CONFLICT DO UPDATE SET reason = excluded.reason WHERE reason <> excluded.reason
        """;

    private const string TakeBack = "DELETE FROM refusals WHERE sweep_id = ?1 AND incarnation = ?2";

    public static void Register(WriteSession session, SiloRecord silo)
    {
        using var insert = session.Use(Add).Bind(1, SiloSql.Token(silo.Incarnation)).Bind(2, silo.Name).Bind(3, silo.Process.Host);
        insert.Bind(4, silo.Process.BootId).Bind(5, silo.Process.PidNamespace).Bind(6, silo.Process.Pid).Bind(7, silo.Process.StartTime)
            .Bind(8, silo.Slots).Bind(9, silo.Labels).Bind(10, session.Now).Bind(11, (long)silo.Lease.TotalMilliseconds)
            .Bind(12, session.Monotonic).Run();
    }

    /// <summary>Renews the lease; null when the silo is not registered.</summary>
    public static SiloHoldings? Beat(WriteSession session, string silo)
    {
        using (var renew = session.Use(Renew).Bind(1, silo).Bind(2, session.Monotonic))
        {
            if (renew.Run() == 0)
            {
                return null;
            }
        }

        var trials = session.Use(HeldTrials).Bind(1, silo)
            .ReadAll(row => new HeldTrial(row.Long(0), row.Int(1), row.Long(2), row.Int(3) != 0));
        var sweeps = session.Use(HeldSweeps).Bind(1, silo).ReadAll(row => new HeldSweep(row.Long(0), row.Long(1)));
        return new SiloHoldings(trials, sweeps);
    }

    public static ActivationResult ActivateSweep(WriteSession session, long sweepId, string silo)
    {
        long? term = null;
        var age = 0L;
        using (var update = session.Use(Activate).Bind(1, sweepId).Bind(2, silo))
        {
            while (update.Step())
            {
                (term, age) = (update.Long(0), session.Now - update.Long(1));
            }
        }

        if (term is null)
        {
            return new ActivationResult(null, SweepSql.Find(session.Database, sweepId)?.Owner);
        }

        EventLog.OfSweep(session, sweepId, EventEntry.Activated(term.Value), silo);
        return new ActivationResult(term, null) { Age = TimeSpan.FromMilliseconds(age) };
    }

    public static void RefuseSweep(WriteSession session, long sweepId, string silo, string? reason)
    {
        using var write = session.Use(reason is null ? TakeBack : Refuse).Bind(1, sweepId).Bind(2, silo);
        if (reason is not null)
        {
            write.Bind(3, reason);
        }

        write.Run();
    }
}
