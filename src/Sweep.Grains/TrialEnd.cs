using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Grains;

/// <summary>How an attempt of a trial ended, and the write that says so.</summary>
/// <param name="Trial">The trial as it was claimed.</param>
/// <param name="Outcome">What the attempt left the trial as.</param>
/// <param name="LastReport">The newest report, of this attempt or the one its checkpoint is from; null when there is none.</param>
/// <param name="Durable">Completes when the outcome is on the disk. The slot need not wait for it; the coordinator must.</param>
public sealed record TrialEnd(TrialRecord Trial, TrialOutcome Outcome, ReportRecord? LastReport, Task<WriteResult> Durable);
