using Sweep.Store.Rows;

namespace Sweep.Store.Sqlite;

/// <summary>The audit trail.</summary>
internal static class EventLog
{
    public const string List = $"SELECT {HistoryRows.Event} FROM events WHERE sweep_id = ?1 ORDER BY id DESC LIMIT ?2";

    public const string ListOfTrial = $"SELECT {HistoryRows.Event} FROM events WHERE sweep_id = ?1 AND number = ?2 ORDER BY id";

    private const string AddForSweep = """
        INSERT INTO events (sweep_id, at, kind, silo, text)
        SELECT ?1, ?2, ?3, coalesce((SELECT name FROM silos WHERE incarnation = ?4), ''), ?5
        """;

    private const string AddForTrial = """
        INSERT INTO events (sweep_id, number, at, kind, silo, text)
        SELECT sweep_id, number, ?2, ?3, coalesce((SELECT name FROM silos WHERE incarnation = coalesce(?4, owner)), ''), ?5
        FROM trials WHERE id = ?1
        """;

    /// <summary>Records what happened to a sweep.</summary>
    /// <param name="silo">The incarnation that did it; null when no silo did.</param>
    public static void OfSweep(WriteSession session, long sweepId, EventEntry entry, string? silo = null)
    {
        using var insert = session.Use(AddForSweep);
        insert.Bind(1, sweepId).Bind(2, session.Now).Bind(3, entry.StoredKind).Bind(4, silo).Bind(5, entry.Text).Run();
    }

    /// <summary>Records what happened to a trial.</summary>
    /// <param name="silo">The incarnation that did it; null for the trial's owner.</param>
    public static void OfTrial(WriteSession session, long trialId, EventEntry entry, string? silo = null)
    {
        using var insert = session.Use(AddForTrial);
        insert.Bind(1, trialId).Bind(2, session.Now).Bind(3, entry.StoredKind).Bind(4, silo).Bind(5, entry.Text).Run();
    }
}
