using Sweep.Grains.Search;
using Sweep.Grains.Storage;
using Sweep.Grains.Trials;

namespace Sweep.Silo.Storage.Sqlite;

/// <summary>What a user changes in a sweep that nobody coordinates: trials tried again, more of them.</summary>
internal static class RevisionWrites
{
    private const string Retry = """
        UPDATE trials SET state = 0, reason = '', deaths = 0, owner = NULL, lease_until = NULL, finished_at = NULL
        WHERE id = ?1 AND sweep_id = ?2 AND state IN (5, 7, 8)
        """;

    /// <summary>Replicates that waited at a rung go on waiting there.</summary>
    private const string Reopen = """
        UPDATE trials SET state = 2, reason = '', finished_at = NULL
        WHERE sweep_id = ?2 AND state = 4 AND substr(reason, 1, length(?3)) = ?3
          AND number = (SELECT number FROM trials WHERE id = ?1)
        """;

    private const string OpenSweep = "UPDATE sweeps SET state = 2, state_reason = ?2, finished_at = NULL WHERE id = ?1 AND state IN (2, 3, 4, 5)";

    private const string AddMore = "UPDATE sweeps SET more = json_insert(more, '$[#]', ?2) WHERE id = ?1";

    public static RevisionResult RetryTrials(WriteSession session, long sweepId, IReadOnlyCollection<long> trialIds)
    {
        if (OwnerOf(session, sweepId) is { } owner)
        {
            return new RevisionResult(0, owner);
        }

        var changed = 0;
        foreach (var id in trialIds)
        {
            using var retry = session.Use(Retry).Bind(1, id).Bind(2, sweepId);
            if (retry.Run() == 0)
            {
                continue;
            }

            changed++;
            using var reopen = session.Use(Reopen).Bind(1, id).Bind(2, sweepId).Bind(3, Endings.SiblingPrefix);
            reopen.Run();
            EventLog.OfTrial(session, id, "retried", null, "");
        }

        if (changed > 0)
        {
            Open(session, sweepId, changed == 1 ? "a trial is to be tried again" : $"{changed} trials are to be tried again");
        }

        return new RevisionResult(changed, null);
    }

    public static RevisionResult Extend(WriteSession session, long sweepId, int more)
    {
        if (OwnerOf(session, sweepId) is { } owner)
        {
            return new RevisionResult(0, owner);
        }

        using (var add = session.Use(AddMore).Bind(1, sweepId).Bind(2, more))
        {
            add.Run();
        }

        EventLog.OfSweep(session, sweepId, "extended", null, $"{more} trials more");
        Open(session, sweepId, $"{more} trials more are to come");
        return new RevisionResult(more, null);
    }

    private static SiloRecord? OwnerOf(WriteSession session, long sweepId) => SweepRows.Find(session.Database, sweepId)?.Owner;

    private static void Open(WriteSession session, long sweepId, string reason)
    {
        using var open = session.Use(OpenSweep).Bind(1, sweepId).Bind(2, reason);
        open.Run();
    }
}
