using Sweep.Search.Trials;

namespace Sweep.Store.Sqlite;

/// <summary>A coordinator's unit. It first makes sure of (sweep, term) and that the sweep still has that owner.</summary>
internal static class CoordinatorWrite
{
    private const string Fence = "SELECT owner FROM sweeps WHERE id = ?1 AND term = ?2 AND owner IS NOT NULL";

    private const string AddTrial = """
        INSERT INTO trials (sweep_id, number, replicate, parameters, granted, first_granted, virtual_time, last_seen, held)
        VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8)
        """;

    private const string ReleaseTrial = "UPDATE trials SET policy = ?3, held = 0 WHERE sweep_id = ?1 AND number = ?2 AND held = 1";

    private const string SetTest = $"""
        UPDATE trials SET test_metrics = ?3 WHERE id = ?1 AND sweep_id = ?2 AND state = {TrialStateSql.Completed} AND test_metrics IS NULL
        """;

    private const string AddInputs = "UPDATE sweeps SET inputs = json_patch(inputs, ?2) WHERE id = ?1";

    private const string SetState = "UPDATE sweeps SET state = ?2, state_reason = ?3, finished_at = ?4, counts = NULL WHERE id = ?1";

    private const string Release = "UPDATE sweeps SET owner = NULL WHERE id = ?1";

    private const string SetNumerics = "UPDATE sweeps SET numerics = ?2 WHERE id = ?1 AND numerics = ''";

    /// <summary>The incarnation that holds the term, or null when it is lost.</summary>
    public static string? OwnerOf(WriteSession session, long sweepId, long term)
    {
        using var fence = session.Use(Fence).Bind(1, sweepId).Bind(2, term);
        return fence.Step() ? fence.Text(0) : null;
    }

    public static WriteResult Execute(WriteSession session, CoordinatorUnit unit)
    {
        if (OwnerOf(session, unit.SweepId, unit.Term) is not { } owner)
        {
            return WriteResult.Lost;
        }

        foreach (var trial in unit.Trials)
        {
            using var insert = session.Use(AddTrial).Bind(1, unit.SweepId).Bind(2, trial.Number).Bind(3, trial.Replicate);
            insert.Bind(4, trial.Parameters).Bind(5, trial.Granted).Bind(6, trial.VirtualTime).Bind(7, trial.LastSeen)
                .Bind(8, trial.IsHeld ? 1 : 0).Run();
        }

        foreach (var release in unit.Releases)
        {
            using var update = session.Use(ReleaseTrial).Bind(1, unit.SweepId).Bind(2, release.Number).Bind(3, release.Policy.Span);
            update.Run();
        }

        foreach (var decision in unit.Decisions)
        {
            Apply(session, unit.SweepId, decision, owner);
        }

        foreach (var test in unit.Tests)
        {
            Apply(session, unit.SweepId, test, owner);
        }

        if (unit.Numerics is { } numerics)
        {
            using var update = session.Use(SetNumerics).Bind(1, unit.SweepId).Bind(2, numerics);
            update.Run();
        }

        if (unit.NewState is { } state)
        {
            SetSweepState(session, unit, state, owner);
        }

        if (unit.Release || unit.NewState?.IsOver() == true)
        {
            using var release = session.Use(Release).Bind(1, unit.SweepId);
            release.Run();
        }

        return WriteResult.Written;
    }

    private static void Apply(WriteSession session, long sweepId, TrialDecision decision, string owner)
    {
        if (!DecisionSql.Apply(session, sweepId, decision))
        {
            return;
        }

        EventLog.OfTrial(session, decision.TrialId, EventEntry.Decided(decision), owner);
    }

    private static void Apply(WriteSession session, long sweepId, TrialTest test, string owner)
    {
        var metrics = StoreJson.OfMetrics(test.Metrics);
        using (var update = session.Use(SetTest).Bind(1, test.TrialId).Bind(2, sweepId).Bind(3, metrics))
        {
            if (update.Run() == 0)
            {
                return;
            }
        }

        using (var inputs = session.Use(AddInputs).Bind(1, sweepId).Bind(2, StoreJson.OfTexts(test.Inputs)))
        {
            inputs.Run();
        }

        EventLog.OfTrial(session, test.TrialId, new EventEntry(EventKind.Tested, metrics), owner);
    }

    private static void SetSweepState(WriteSession session, CoordinatorUnit unit, SweepState state, string owner)
    {
        using (var update = session.Use(SetState).Bind(1, unit.SweepId).Bind(2, (int)state).Bind(3, unit.StateReason))
        {
            update.Bind(4, state.IsOver() ? session.Now : null).Run();
        }

        if (state.IsOver())
        {
            using var keep = session.Use(SweepSql.KeepCounts).Bind(1, unit.SweepId);
            keep.Run();
        }

        EventLog.OfSweep(session, unit.SweepId, EventEntry.Set(state, unit.StateReason), owner);
    }
}
