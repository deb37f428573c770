using Sweep.Search.Trials;
using Sweep.Store.Rows;

namespace Sweep.Store.Sqlite;

/// <summary>Writes a coordinator's decisions on trials that exist.</summary>
internal static class DecisionSql
{
    public const string List = $"""
        SELECT {HistoryRows.Decision}
        FROM decisions WHERE sweep_id = ?1 AND id > ?2 ORDER BY id
        """;

    private const string Decide = """
        UPDATE trials SET state = ?4, granted = ?5, reason = ?6, finished_at = ?7, parameters = coalesce(?8, parameters)
        WHERE id = ?1 AND sweep_id = ?2 AND state = ?3
        """;

    private const string Add = """
        INSERT INTO decisions (sweep_id, trial_id, from_state, to_state, granted, virtual_time, last_seen, donor_id, parameters)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    /// <summary>Applies a decision; false, and nothing is changed, when its trial is in another state.</summary>
    public static bool Apply(WriteSession session, long sweepId, TrialDecision decision)
    {
        using (var update = session.Use(Decide).Bind(1, decision.TrialId).Bind(2, sweepId).Bind(3, (int)decision.From))
        {
            update.Bind(4, (int)decision.To).Bind(5, decision.Granted).Bind(6, decision.Reason)
                .Bind(7, decision.To.IsOver() ? session.Now : null).Bind(8, decision.Parameters);
            if (update.Run() == 0)
            {
                return false;
            }
        }

        if (decision.DonorTrialId is { } donor)
        {
            CheckpointRows.Copy(session, donor, decision.TrialId);
        }

        using var insert = session.Use(Add).Bind(1, sweepId).Bind(2, decision.TrialId).Bind(3, (int)decision.From);
        insert.Bind(4, (int)decision.To).Bind(5, decision.Granted).Bind(6, decision.VirtualTime).Bind(7, decision.LastSeen)
            .Bind(8, decision.DonorTrialId).Bind(9, decision.Parameters).Run();
        return true;
    }
}
