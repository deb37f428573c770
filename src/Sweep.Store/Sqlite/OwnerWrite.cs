using Sweep.Search.Trials;

namespace Sweep.Store.Sqlite;

/// <summary>
/// An owner's unit. It first makes sure of (id, attempt, Running): when there is no such row, the owner has lost the trial and nothing is written.
/// </summary>
internal sealed class OwnerWrite
{
    private const string Fence = $"WHERE id = ?1 AND attempt = ?2 AND state = {TrialStateSql.Running}";

    private const string SetOutcome = "state = ?7, reason = ?8, finished_at = ?10";

    // A checkpoint is progress: what its silos died of before, it got past.
    private const string SetProgress = "progressed = 1, deaths = 0";

    private const string Look = $"SELECT 1 FROM trials {Fence}";
    private const string Hold = $"UPDATE trials SET {SetProgress} {Fence}";
    private const string End = $"UPDATE trials SET {SetOutcome}, rank_resource = coalesce(?9, resource) {Fence}";
    private const string EndAndHold = $"UPDATE trials SET {SetOutcome}, rank_resource = coalesce(?9, resource), {SetProgress} {Fence}";
    private const string ReportAndEnd = $"UPDATE trials SET {ReportedRows.Columns}, {SetOutcome}, rank_resource = coalesce(?9, ?3) {Fence}";
    private const string ReportEndAndHold = $"UPDATE trials SET {ReportedRows.Columns}, {SetOutcome}, rank_resource = coalesce(?9, ?3), {SetProgress} {Fence}";

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

        if (unit.Outcome is { } outcome && EventEntry.Ended(outcome) is { } entry)
        {
            EventLog.OfTrial(session, unit.TrialId, entry);
        }

        return WriteResult.Written;
    }

    private bool Enter(WriteSession session)
    {
        var earlier = session.Reported.Find(unit.TrialId, unit.Attempt);
        var reported = unit.Report is { } report
            ? new ReportedRows.Entry(unit.Attempt, report.Step, values, report.Values.Count > 0 ? report.Values[0] : null, report.Seconds).After(earlier)
            : earlier;
        if (unit.Outcome is { } outcome)
        {
            return Leave(session, outcome, reported);
        }

        if (unit.Checkpoint is not null)
        {
            using var hold = session.Use(Hold).Bind(1, unit.TrialId).Bind(2, unit.Attempt);
            if (hold.Run() == 0)
            {
                return false;
            }
        }
        else
        {
            using var look = session.Use(Look).Bind(1, unit.TrialId).Bind(2, unit.Attempt);
            if (!look.Step())
            {
                return false;
            }
        }

        if (reported is not null)
        {
            session.Reported.Set(unit.TrialId, reported);
        }

        return true;
    }

    private bool Leave(WriteSession session, TrialOutcome outcome, ReportedRows.Entry? reported)
    {
        var holds = unit.Checkpoint is not null;
        var sql = reported is null ? holds ? EndAndHold : End : holds ? ReportEndAndHold : ReportAndEnd;
        using var update = session.Use(sql).Bind(1, unit.TrialId).Bind(2, unit.Attempt);
        reported?.Bind(update);
        if (update.Bind(7, (int)outcome.State).Bind(8, outcome.Reason).Bind(9, (long?)outcome.RankResource)
            .Bind(10, outcome.State.IsOver() ? session.Now : null).Run() == 0)
        {
            return false;
        }

        session.Reported.Remove(unit.TrialId);
        return true;
    }
}
