using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store.Rows;

namespace Sweep.Store.Sqlite;

/// <summary>Claims waiting trials, and takes those that were begun back to their newest checkpoint.</summary>
internal static class ClaimWrite
{
    /// <summary>The WHERE of the index <c>trials_waiting</c> is written out: SQLite uses it for nothing else.</summary>
    public const string Waiting = $"""
        SELECT id, attempt FROM trials WHERE sweep_id = ?1 AND state = {TrialStateSql.Waiting} AND held = 0 AND deaths < 2 ORDER BY number, replicate LIMIT ?2
        """;

    /// <summary>The same for <c>trials_suspect</c>; 2 is <see cref="SweepPlacement.SuspectAfter"/> in both.</summary>
    public const string Suspects = $"""
        SELECT id, attempt FROM trials WHERE sweep_id = ?1 AND state = {TrialStateSql.Waiting} AND deaths >= 2 AND held = 0 ORDER BY number, replicate LIMIT ?2
        """;

    /// <summary>Looks at all that runs, of any sweep: as much as all silos have slots, and what they claimed ahead.</summary>
    public const string Running = $"SELECT count(*) FROM trials INDEXED BY trials_running WHERE sweep_id = ?1 AND state = {TrialStateSql.Running}";

    private const string MayClaim = $"""
        SELECT sweeps.slot_limit FROM sweeps, silos WHERE sweeps.id = ?1 AND sweeps.state = {SweepStateSql.Running} AND silos.incarnation = ?2
        """;

    private const string Claim = $"""
        UPDATE trials SET state = {TrialStateSql.Running}, attempt = attempt + 1, owner = ?2, numerics_profile = ?3, claimed_at = ?4, progressed = 0, reason = ''
        WHERE id = ?1 AND state = {TrialStateSql.Waiting}
        """;

    // RETURNING would open a temporary table for each trial, which costs more than the update.
    private const string Claimed = $"SELECT {TrialRows.Columns}, policy FROM trials t WHERE id = ?1";

    private const string DropReports = "DELETE FROM reports WHERE trial_id = ?1 AND step > ?2";

    private const string GoBack = """
        UPDATE trials SET resource = ?2, rank_resource = ?2, objectives = ?3,
            rank_cost = coalesce(CASE WHEN (SELECT maximize FROM sweeps WHERE sweeps.id = sweep_id) THEN -?4 ELSE ?4 END, 9e999),
            seconds = (SELECT total(seconds) FROM reports WHERE trial_id = ?1)
        WHERE id = ?1
        """;

    /// <summary>Claims up to so many trials, lowest number first.</summary>
    /// <param name="trials">Which: <see cref="Waiting"/> or <see cref="Suspects"/>.</param>
    public static IReadOnlyList<ClaimedTrial> Execute(
        WriteSession session, string trials, long sweepId, string silo, string numericsProfile, int count)
    {
        count = Math.Min(count, FreeSlots(session, sweepId, silo));
        if (count <= 0)
        {
            return [];
        }

        var waiting = session.Use(trials).Bind(1, sweepId).Bind(2, count).ReadAll(row => (Id: row.Long(0), Begun: row.Int(1) > 0));
        var claimed = new List<ClaimedTrial>(waiting.Count);
        foreach (var (id, begun) in waiting)
        {
            var (checkpoint, report, again) = begun ? Restore(session, id) : (null, null, 0);
            using (var update = session.Use(Claim).Bind(1, id).Bind(2, silo).Bind(3, numericsProfile).Bind(4, session.Now))
            {
                update.Run();
            }

            using var row = session.Use(Claimed).Bind(1, id);
            row.Step();
            var trial = TrialRows.Read(row) with { Policy = row.Blob(TrialRows.ColumnCount).ToArray() };
            claimed.Add(new ClaimedTrial(trial, checkpoint, report));
            if (begun)
            {
                EventLog.OfTrial(session, id, EventEntry.Claimed(trial, again), silo);
            }
        }

        return claimed;
    }

    /// <summary>How many trials of the sweep the silo may claim; none when it is not registered or the sweep not Running.</summary>
    private static int FreeSlots(WriteSession session, long sweepId, string silo)
    {
        int limit;
        using (var mayClaim = session.Use(MayClaim).Bind(1, sweepId).Bind(2, silo))
        {
            if (!mayClaim.Step())
            {
                return 0;
            }

            if (mayClaim.IsNull(0))
            {
                return int.MaxValue;
            }

            limit = mayClaim.Int(0);
        }

        using var running = session.Use(Running).Bind(1, sweepId);
        running.Step();
        return limit - running.Int(0);
    }

    /// <summary>Makes the row and the reports those of the checkpoint: what was reported after it is trained, and reported, again.</summary>
    private static (Checkpoint? Checkpoint, ReportRecord? Report, int Again) Restore(WriteSession session, long trialId)
    {
        var checkpoint = CheckpointRows.ReadNewest(session.Database, trialId);
        var epoch = checkpoint?.Epoch ?? 0;
        using var drop = session.Use(DropReports).Bind(1, trialId).Bind(2, epoch);
        var again = drop.Run();
        using var find = session.Use(ReportSql.Find).Bind(1, trialId).Bind(2, epoch);
        var report = find.Step() ? HistoryRows.ReadReport(find) : null;
        using var back = session.Use(GoBack).Bind(1, trialId).Bind(2, epoch);
        back.Bind(3, StoreJson.OfValues(report?.Values ?? [])).Bind(4, report is { Values.Count: > 0 } ? report.Values[0] : null).Run();
        return (checkpoint, report, again);
    }
}
