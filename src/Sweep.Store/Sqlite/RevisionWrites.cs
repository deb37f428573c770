using Sweep.Search;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Store.Sqlite;

/// <summary>
/// What a user changes in a sweep, at any time. It takes the sweep from its coordinator, whose writes are lost from then on: the next
/// one starts from what is stored here.
/// </summary>
internal static class RevisionWrites
{
    private const string Retry = """
        UPDATE trials SET state = 0, reason = '', deaths = 0, owner = NULL, finished_at = NULL
        WHERE id = ?1 AND sweep_id = ?2 AND state IN (5, 7, 8)
        """;

    /// <summary>Replicates that waited at a rung go on waiting there.</summary>
    private const string Reopen = """
        UPDATE trials SET state = 2, reason = '', finished_at = NULL
        WHERE sweep_id = ?2 AND state = 4 AND substr(reason, 1, length(?3)) = ?3
          AND number = (SELECT number FROM trials WHERE id = ?1)
        """;

    private const string AddMore = "UPDATE sweeps SET more = json_insert(more, '$[#]', ?2) WHERE id = ?1";

    private const string TakeAway = "UPDATE sweeps SET term = term + 1, owner = NULL WHERE id = ?1";

    private const string SetState = """
        UPDATE sweeps SET state = ?2, state_reason = ?3, finished_at = ?4, counts = NULL WHERE id = ?1
        """;

    private const string CancelTrials = """
        UPDATE trials SET state = 7, reason = 'the sweep was canceled', finished_at = ?2 WHERE sweep_id = ?1 AND state IN (0, 1, 2)
        """;

    private const string Place = "UPDATE sweeps SET priority = ?2, slot_limit = ?3, requires = ?4, poison_after = ?5 WHERE id = ?1";

    public static RevisionResult? Change(WriteSession session, long sweepId, SweepChange change)
    {
        if (SweepRows.Find(session.Database, sweepId)?.State is not { } state)
        {
            return null;
        }

        switch (change)
        {
            case SweepChange.Pause when state is SweepState.Pending or SweepState.Running:
                return new RevisionResult(SetTo(session, sweepId, SweepState.Paused, "paused by the user", EventKind.Paused), 0);

            case SweepChange.Resume when state == SweepState.Paused:
                return new RevisionResult(SetTo(session, sweepId, SweepState.Running, "", EventKind.Resumed), 0);

            case SweepChange.Cancel when !state.IsOver():
                SetTo(session, sweepId, SweepState.Canceled, "canceled by the user", EventKind.Canceled);
                var canceled = Cancel(session, sweepId);
                Run(session, SweepRows.KeepCounts, sweepId);
                return new RevisionResult(SweepState.Canceled, canceled);

            default:
                return new RevisionResult(state, 0);
        }
    }

    public static RevisionResult RetryTrials(WriteSession session, long sweepId, IReadOnlyCollection<long> trialIds)
    {
        var state = StateOf(session, sweepId);
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
            EventLog.OfTrial(session, id, new EventEntry(EventKind.Retried));
        }

        return new RevisionResult(
            changed == 0 ? state
            : Open(session, sweepId, state, changed == 1 ? "a trial is to be tried again" : $"{changed} trials are to be tried again"),
            changed);
    }

    public static RevisionResult Extend(WriteSession session, long sweepId, int more)
    {
        var state = StateOf(session, sweepId);
        using (var add = session.Use(AddMore).Bind(1, sweepId).Bind(2, more))
        {
            add.Run();
        }

        EventLog.OfSweep(session, sweepId, new EventEntry(EventKind.Extended, $"{more} trials more"));
        return new RevisionResult(Open(session, sweepId, state, $"{more} trials more are to come"), more);
    }

    public static void PlaceSweep(WriteSession session, long sweepId, SweepPlacement placement)
    {
        using var place = session.Use(Place).Bind(1, sweepId).Bind(2, placement.Priority).Bind(3, (long?)placement.Slots);
        place.Bind(4, placement.Requires).Bind(5, placement.PoisonAfter).Run();
    }

    /// <summary>Ends what is not over, with what it reached: whoever runs it has lost it. Returns how many trials that were.</summary>
    public static int Cancel(WriteSession session, long sweepId)
    {
        using var cancel = session.Use(CancelTrials).Bind(1, sweepId).Bind(2, session.Now);
        return cancel.Run();
    }

    /// <summary>Takes the sweep from its coordinator and gives it a state.</summary>
    public static SweepState SetTo(WriteSession session, long sweepId, SweepState state, string reason, EventKind kind)
    {
        Run(session, TakeAway, sweepId);
        using (var set = session.Use(SetState).Bind(1, sweepId).Bind(2, (int)state).Bind(3, reason))
        {
            set.Bind(4, state.IsOver() ? session.Now : null).Run();
        }

        EventLog.OfSweep(session, sweepId, new EventEntry(kind, reason));
        return state;
    }

    private static SweepState Open(WriteSession session, long sweepId, SweepState state, string reason)
    {
        if (state.IsOver())
        {
            return SetTo(session, sweepId, SweepState.Paused, reason, EventKind.Opened);
        }

        Run(session, TakeAway, sweepId);
        return state;
    }

    private static SweepState StateOf(WriteSession session, long sweepId) =>
        SweepRows.Find(session.Database, sweepId)?.State ?? throw new NotFoundException($"there is no sweep {sweepId} any more");

    private static void Run(WriteSession session, string sql, long sweepId)
    {
        using var statement = session.Use(sql).Bind(1, sweepId);
        statement.Run();
    }
}
