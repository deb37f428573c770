using Sweep.Search.Trials;

namespace Sweep.Store.Sqlite;

/// <summary>Deletes a sweep in transactions of a bounded size; it can be gone on with after any of them.</summary>
internal static class DeleteSweepWrite
{
    /// <summary>Trials deleted in one transaction, so that reports of other sweeps do not wait for long.</summary>
    private const int TrialsAtOnce = 200;

    /// <summary>Rows of reports, or of checkpoints with their content, after which a transaction ends early.</summary>
    private const int RowsAtOnce = 4000;

    private const int CheckpointsAtOnce = 32;

    public const string Trials = "SELECT id FROM trials WHERE sweep_id = ?1 LIMIT ?2";

    private const string Decisions = "DELETE FROM decisions WHERE id IN (SELECT id FROM decisions WHERE sweep_id = ?1 LIMIT ?2)";
    private const string Events = "DELETE FROM events WHERE id IN (SELECT id FROM events WHERE sweep_id = ?1 LIMIT ?2)";
    private const string Reports = "DELETE FROM reports WHERE trial_id = ?1";
    private const string Trial = "DELETE FROM trials WHERE id = ?1";
    private const string Refusals = "DELETE FROM refusals WHERE sweep_id = ?1";
    private const string Sweep = "DELETE FROM sweeps WHERE id = ?1";

    /// <summary>Takes the sweep from everybody who works on it; false when there is none.</summary>
    public static bool Begin(WriteSession session, long sweepId)
    {
        if (SweepSql.Find(session.Database, sweepId) is null)
        {
            return false;
        }

        SweepChangeWrites.Apply(session, sweepId, SweepTransition.Delete);
        return true;
    }

    /// <summary>Deletes some of what is left; true when nothing is, the sweep itself included.</summary>
    /// <remarks>Decisions go first: they name trials.</remarks>
    public static bool GoOn(WriteSession session, long sweepId)
    {
        if (Delete(session, Decisions, sweepId, RowsAtOnce) == RowsAtOnce || Delete(session, Events, sweepId, RowsAtOnce) == RowsAtOnce)
        {
            return false;
        }

        var (rows, checkpoints) = (0, 0);
        var trials = session.Use(Trials).Bind(1, sweepId).Bind(2, TrialsAtOnce).ReadAll(row => row.Long(0));
        foreach (var trial in trials)
        {
            checkpoints += CheckpointRows.RemoveAll(session, trial);
            rows += Delete(session, Reports, trial);
            Delete(session, Trial, trial);
            if (rows >= RowsAtOnce || checkpoints >= CheckpointsAtOnce)
            {
                return false;
            }
        }

        if (trials.Count > 0)
        {
            return false;
        }

        Delete(session, Refusals, sweepId);
        Delete(session, Sweep, sweepId);
        return true;
    }

    private static int Delete(WriteSession session, string sql, long id, int? limit = null)
    {
        using var delete = session.Use(sql).Bind(1, id);
        if (limit is { } most)
        {
            delete.Bind(2, most);
        }

        return delete.Run();
    }
}
