using Sweep.Search.Trials;

namespace Sweep.Store.Sqlite;

/// <summary>Takes silos out of the store, and frees what they own.</summary>
internal static class BurialWrite
{
    /// <summary>The WHERE of the index <c>trials_running</c> is written out.</summary>
    public const string OwnedTrials = $"""
        SELECT t.id, t.deaths, t.progressed, s.poison_after FROM trials t CROSS JOIN sweeps s ON s.id = t.sweep_id
        WHERE t.owner = ?1 AND t.state = {TrialStateSql.Running}
        """;

    private const string Find = "SELECT name, boot_id FROM silos WHERE incarnation = ?1";
    private const string Remove = "DELETE FROM silos WHERE incarnation = ?1";
    private const string ForgetRefusals = "DELETE FROM refusals WHERE incarnation = ?1";
    private const string FreeSweeps = "UPDATE sweeps SET owner = NULL WHERE owner = ?1 AND owner IS NOT NULL";
    private const string FreeTrial = "UPDATE trials SET state = ?2, deaths = ?3, reason = ?4, finished_at = ?5 WHERE id = ?1";

    /// <summary>Of a silo that leaves.</summary>
    public static void Leave(WriteSession session, string silo) => TakeOut(session, silo, EventKind.Released, "", proof: null);

    /// <summary>Of a silo that was proved dead; returns how many trials wait again.</summary>
    public static int OfDead(WriteSession session, string silo, string proof) => TakeOut(session, silo, EventKind.Rescued, proof, proof);

    /// <summary>Of a silo that was not heard of for its lease; null while that holds.</summary>
    public static int? OfExpired(WriteSession session, string silo)
    {
        using (var lease = session.Use(SiloSql.LeaseEnd).Bind(1, silo).Bind(2, SiloSql.BootId))
        {
            if (lease.Step() && lease.Long(0) > session.Monotonic)
            {
                return null;
            }
        }

        return TakeOut(session, silo, EventKind.Rescued, "not heard of for its lease", proof: null);
    }

    /// <summary>Takes a silo out; returns how many of its trials wait again.</summary>
    /// <param name="kind">The event written for each sweep and trial freed.</param>
    /// <param name="proof">Of its death; null when there is none.</param>
    private static int TakeOut(WriteSession session, string silo, EventKind kind, string text, string? proof)
    {
        string name;
        using (var find = session.Use(Find).Bind(1, silo))
        {
            if (!find.Step())
            {
                return 0;
            }

            name = find.Text(0);

            // All of a machine's silos end when it does: no trial is to blame.
            proof = find.Text(1) == SiloSql.BootId ? proof : null;
        }

        var freed = EventEntry.Freed(kind, name, text);
        foreach (var sweep in session.Use(SiloWrites.HeldSweeps).Bind(1, silo).ReadAll(row => row.Long(0)))
        {
            EventLog.OfSweep(session, sweep, freed);
        }

        var rescued = 0;
        foreach (var (trial, deaths, progressed, poisonAfter) in session.Use(OwnedTrials).Bind(1, silo)
            .ReadAll(row => (row.Long(0), row.Int(1), row.Int(2) != 0, row.Int(3))))
        {
            var burial = proof is null ? Burial.OfLoss(deaths) : Burial.OfDeath(deaths, progressed, poisonAfter, proof);
            EventLog.OfTrial(session, trial, burial.State == TrialState.Poisoned ? freed with { Kind = EventKind.Poisoned } : freed);
            using var free = session.Use(FreeTrial).Bind(1, trial).Bind(2, (int)burial.State).Bind(3, burial.Deaths).Bind(4, burial.Reason);
            free.Bind(5, burial.State.IsOver() ? session.Now : null).Run();
            rescued += burial.State == TrialState.Waiting ? 1 : 0;
        }

        foreach (var sql in (string[])[FreeSweeps, ForgetRefusals, Remove])
        {
            using var write = session.Use(sql).Bind(1, silo);
            write.Run();
        }

        return rescued;
    }
}
