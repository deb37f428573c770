using Sweep.Search;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Store.Sqlite;

/// <summary>Writes what a user changes in a sweep; <see cref="SweepTransition"/> decides what that is.</summary>
internal static class SweepChangeWrites
{
    private const string Retry = $"""
        UPDATE trials SET state = {TrialStateSql.Waiting}, reason = '', deaths = 0, owner = NULL, finished_at = NULL
        WHERE id = ?1 AND sweep_id = ?2 AND state IN {TrialStateSql.Retryable}
        """;

    /// <summary>Replicates that waited at a rung go on waiting there.</summary>
    private const string Reopen = $"""
        UPDATE trials SET state = {TrialStateSql.Paused}, reason = '', finished_at = NULL
        WHERE sweep_id = ?2 AND state = {TrialStateSql.Pruned} AND substr(reason, 1, length(?3)) = ?3
          AND number = (SELECT number FROM trials WHERE id = ?1)
        """;

    private const string AddMore = "UPDATE sweeps SET more = json_insert(more, '$[#]', ?2) WHERE id = ?1";

    private const string TakeAway = "UPDATE sweeps SET term = term + 1, owner = NULL WHERE id = ?1";

    private const string SetState = """
        UPDATE sweeps SET term = term + 1, owner = NULL, state = ?2, state_reason = ?3, finished_at = ?4, counts = NULL WHERE id = ?1
        """;

    private const string CancelTrials = $"""
        UPDATE trials SET state = {TrialStateSql.Canceled}, reason = '{SweepTransition.TrialReason}', finished_at = ?2 WHERE sweep_id = ?1 AND state IN {TrialStateSql.NotOver}
        """;

    private const string Place = "UPDATE sweeps SET priority = ?2, slot_limit = ?3, requires = ?4, poison_after = ?5 WHERE id = ?1";

    public static SweepChangeResult? Change(WriteSession session, long sweepId, SweepChange change)
    {
        if (SweepSql.Find(session.Database, sweepId)?.State is not { } state)
        {
            return null;
        }

        if (SweepTransition.Of(state, change) is not { } transition)
        {
            return new SweepChangeResult(state, 0);
        }

        var canceled = Apply(session, sweepId, transition);
        if (transition.CancelsTrials)
        {
            Run(session, SweepSql.KeepCounts, sweepId);
        }

        return new SweepChangeResult(transition.State, canceled);
    }

    public static SweepChangeResult RetryTrials(WriteSession session, long sweepId, IReadOnlyCollection<long> trialIds)
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

        return new SweepChangeResult(changed == 0 ? state : Apply(session, sweepId, state, SweepTransition.Retry(state, changed)), changed);
    }

    public static SweepChangeResult Extend(WriteSession session, long sweepId, int more)
    {
        var state = StateOf(session, sweepId);
        using (var add = session.Use(AddMore).Bind(1, sweepId).Bind(2, more))
        {
            add.Run();
        }

        EventLog.OfSweep(session, sweepId, new EventEntry(EventKind.Extended, $"{more} trials more"));
        return new SweepChangeResult(Apply(session, sweepId, state, SweepTransition.Extend(state, more)), more);
    }

    public static void PlaceSweep(WriteSession session, long sweepId, SweepPlacement placement)
    {
        using var place = session.Use(Place).Bind(1, sweepId).Bind(2, placement.Priority).Bind(3, (long?)placement.Slots);
        place.Bind(4, placement.Requires).Bind(5, placement.PoisonAfter).Run();
    }

    /// <summary>Takes the sweep from its coordinator and sets its state; returns how many trials were canceled.</summary>
    public static int Apply(WriteSession session, long sweepId, SweepTransition transition)
    {
        using (var set = session.Use(SetState).Bind(1, sweepId).Bind(2, (int)transition.State).Bind(3, transition.Event.Text))
        {
            set.Bind(4, transition.State.IsOver() ? session.Now : null).Run();
        }

        EventLog.OfSweep(session, sweepId, transition.Event);
        if (!transition.CancelsTrials)
        {
            return 0;
        }

        using var cancel = session.Use(CancelTrials).Bind(1, sweepId).Bind(2, session.Now);
        return cancel.Run();
    }

    private static SweepState Apply(WriteSession session, long sweepId, SweepState state, SweepTransition? transition)
    {
        if (transition is null)
        {
            Run(session, TakeAway, sweepId);
            return state;
        }

        Apply(session, sweepId, transition);
        return transition.State;
    }

    private static SweepState StateOf(WriteSession session, long sweepId) =>
        SweepSql.Find(session.Database, sweepId)?.State ?? throw new NotFoundException($"there is no sweep {sweepId} any more");

    private static void Run(WriteSession session, string sql, long sweepId)
    {
        using var statement = session.Use(sql).Bind(1, sweepId);
        statement.Run();
    }
}
