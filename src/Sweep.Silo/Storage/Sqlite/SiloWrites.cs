using Sweep.Grains.Storage;

namespace Sweep.Silo.Storage.Sqlite;

/// <summary>Writes that concern silos and what they own.</summary>
internal static class SiloWrites
{
    private const string Add = """
        INSERT INTO silos (incarnation, name, host, boot_id, pid_namespace, pid, start_time, slots, registered_at, heartbeat)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """;

    private const string Find = "SELECT name FROM silos WHERE incarnation = ?1";
    private const string Remove = "DELETE FROM silos WHERE incarnation = ?1";
    private const string OwnedSweeps = "SELECT id FROM sweeps WHERE owner = ?1 AND owner IS NOT NULL";
    private const string FreeSweeps = "UPDATE sweeps SET owner = NULL, lease_until = NULL WHERE owner = ?1 AND owner IS NOT NULL";

    /// <summary>The WHERE of the index <c>trials_running</c> is written out.</summary>
    public const string OwnedTrials = "SELECT id FROM trials WHERE owner = ?1 AND state = 1";

    private const string FreeTrials = "UPDATE trials SET state = 0, lease_until = NULL WHERE owner = ?1 AND state = 1";

    /// <summary>Only for a registered silo, over a sweep that is not, and that no other holds.</summary>
    private const string Activate = """
        UPDATE sweeps SET term = term + 1, owner = ?2, state = 1, state_reason = ''
        WHERE id = ?1 AND state IN (0, 1, 2) AND (owner IS NULL OR owner = ?2)
          AND EXISTS (SELECT 1 FROM silos WHERE incarnation = ?2)
        RETURNING term
        """;

    public static void Register(WriteSession session, SiloRecord silo)
    {
        using var insert = session.Use(Add).Bind(1, SweepRows.Token(silo.Incarnation)).Bind(2, silo.Name).Bind(3, silo.Process.Host);
        insert.Bind(4, silo.Process.BootId).Bind(5, silo.Process.PidNamespace).Bind(6, silo.Process.Pid).Bind(7, silo.Process.StartTime)
            .Bind(8, silo.Slots).Bind(9, session.Now).Bind(10, session.Monotonic).Run();
    }

    public static ActivationResult ActivateSweep(WriteSession session, long sweepId, string silo)
    {
        long? term = null;
        using (var update = session.Use(Activate).Bind(1, sweepId).Bind(2, silo))
        {
            while (update.Step())
            {
                term = update.Long(0);
            }
        }

        if (term is null)
        {
            return new ActivationResult(null, SweepRows.Find(session.Database, sweepId)?.Owner);
        }

        EventLog.OfSweep(session, sweepId, "activated", silo, $"term {term}");
        return new ActivationResult(term, null);
    }

    /// <summary>Takes the silo out and frees what it owns; returns how many trials that were.</summary>
    /// <param name="kind">The event written for each sweep and trial freed.</param>
    public static int TakeOut(WriteSession session, string silo, string kind, string text)
    {
        string name;
        using (var find = session.Use(Find).Bind(1, silo))
        {
            if (!find.Step())
            {
                return 0;
            }

            name = find.Text(0);
        }

        var note = text.Length == 0 ? $"from {name}" : $"from {name}: {text}";
        foreach (var sweep in Ids(session, OwnedSweeps, silo))
        {
            EventLog.OfSweep(session, sweep, kind, null, note);
        }

        foreach (var trial in Ids(session, OwnedTrials, silo))
        {
            EventLog.OfTrial(session, trial, kind, null, note);
        }

        using var sweeps = session.Use(FreeSweeps).Bind(1, silo);
        sweeps.Run();
        using var trials = session.Use(FreeTrials).Bind(1, silo);
        var rescued = trials.Run();
        using var remove = session.Use(Remove).Bind(1, silo);
        remove.Run();
        return rescued;
    }

    private static List<long> Ids(WriteSession session, string sql, string silo)
    {
        var ids = new List<long>();
        using var query = session.Use(sql).Bind(1, silo);
        while (query.Step())
        {
            ids.Add(query.Long(0));
        }

        return ids;
    }
}
