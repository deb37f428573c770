using Sweep.Grains.Storage;
using Sweep.Grains.Trials;

namespace Sweep.Silo.Storage.Sqlite;

/// <summary>
/// An owner's unit. The first statement changes the trial's row on (id, attempt, Running): when that finds no row,
/// the owner has lost the trial and nothing else is written.
/// </summary>
internal sealed class OwnerWrite
{
    private const string Fence = "WHERE id = ?1 AND attempt = ?2 AND state = 1";

    private const string SetReport = """
        resource = ?3, rank_resource = ?3, objectives = ?4, seconds = seconds + ?5,
        rank_cost = coalesce(CASE WHEN (SELECT maximize FROM sweeps WHERE sweeps.id = sweep_id) THEN -?6 ELSE ?6 END, 9e999)
        """;

    private const string SetOutcome = "state = ?7, reason = ?8, finished_at = ?10";

    // A checkpoint is progress: what its silos died of before, it got past.
    private const string SetProgress = "progressed = 1, deaths = 0";

    private const string Hold = $"UPDATE trials SET {SetProgress} {Fence}";
    private const string Report = $"UPDATE trials SET {SetReport} {Fence}";
    private const string ReportAndHold = $"UPDATE trials SET {SetReport}, {SetProgress} {Fence}";
    private const string End = $"UPDATE trials SET {SetOutcome}, rank_resource = coalesce(?9, resource) {Fence}";
    private const string EndAndHold = $"UPDATE trials SET {SetOutcome}, rank_resource = coalesce(?9, resource), {SetProgress} {Fence}";

    private const string AddReport = """
        INSERT INTO reports (trial_id, step, attempt, objectives, metrics, learning_rate, seconds, experiences)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """;

    private readonly OwnerUnit unit;
    private readonly string values = "";
    private readonly string metrics = "";

    /// <summary>Prepares the unit on the caller's thread, so that the writer only writes.</summary>
    public OwnerWrite(OwnerUnit unit)
    {
        this.unit = unit;
        if (unit.Outcome is { } outcome && !TrialState.Running.CanBecome(outcome.State))
        {
            throw new ArgumentException($"trial {unit.TrialId}: Running cannot become {outcome.State}", nameof(unit));
        }

        if (unit.Report is { } report)
        {
            values = StoreJson.OfValues(report.Values);
            metrics = StoreJson.OfMetrics(report.Metrics);
        }
    }

    public WriteResult Execute(WriteSession session)
    {
        if (!Enter(session))
        {
            return WriteResult.Lost;
        }

        if (unit.Report is { } report)
        {
            using var insert = session.Use(AddReport);
            if (!report.Experiences.IsEmpty)
            {
                insert.Bind(8, report.Experiences.Span);
            }

            insert.Bind(1, unit.TrialId).Bind(2, report.Step).Bind(3, unit.Attempt).Bind(4, values).Bind(5, metrics)
                .Bind(6, report.LearningRate).Bind(7, report.Seconds).Run();
        }

        if (unit.Checkpoint is { } checkpoint)
        {
            CheckpointRows.Replace(session, unit.TrialId, unit.Attempt, checkpoint);
        }

        if (unit.Outcome is { } outcome)
        {
            LogOutcome(session, outcome);
        }

        return WriteResult.Written;
    }

    private bool Enter(WriteSession session)
    {
        var holds = unit.Checkpoint is not null;
        if (unit.Report is { } report)
        {
            using var update = session.Use(holds && unit.Outcome is null ? ReportAndHold : Report).Bind(1, unit.TrialId).Bind(2, unit.Attempt);
            update.Bind(3, report.Step).Bind(4, values).Bind(5, report.Seconds)
                .Bind(6, report.Values.Count > 0 ? report.Values[0] : null);
            if (update.Run() == 0)
            {
                return false;
            }
        }

        if (unit.Outcome is { } outcome)
        {
            using var update = session.Use(holds ? EndAndHold : End).Bind(1, unit.TrialId).Bind(2, unit.Attempt);
            return update.Bind(7, (int)outcome.State).Bind(8, outcome.Reason).Bind(9, (long?)outcome.RankResource)
                .Bind(10, outcome.State.IsOver() ? session.Now : null).Run() > 0;
        }

        if (unit.Report is not null)
        {
            return true;
        }

        using var hold = session.Use(Hold).Bind(1, unit.TrialId).Bind(2, unit.Attempt);
        return hold.Run() > 0;
    }

    private void LogOutcome(WriteSession session, TrialOutcome outcome)
    {
        if (outcome.State == TrialState.Waiting)
        {
            EventLog.OfTrial(session, unit.TrialId, "released", null, outcome.Reason);
        }
        else if (outcome.State.IsOver())
        {
            EventLog.OfTrial(session, unit.TrialId, "finished", null,
                outcome.Reason.Length == 0 ? outcome.State.ToString() : $"{outcome.State}: {outcome.Reason}");
        }
    }
}
