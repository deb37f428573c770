using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>A trial as its new owner gets it: state Running, <see cref="TrialRecord.Attempt"/> raised, later reports than the checkpoint deleted.</summary>
/// <param name="Trial">The row after the claim.</param>
/// <param name="Checkpoint">The newest durable checkpoint, or null to start from the beginning.</param>
/// <param name="LastReport">The report at the checkpoint's epoch, or null when it has none.</param>
public sealed record ClaimedTrial(TrialRecord Trial, Checkpoint? Checkpoint, ReportRecord? LastReport)
{
    /// <summary>The reports up to <see cref="LastReport"/>, for rules that look back; filled by who runs the trial, where the sweep has such rules.</summary>
    public IReadOnlyList<ReportRecord> EarlierReports { get; init; } = [];
}
