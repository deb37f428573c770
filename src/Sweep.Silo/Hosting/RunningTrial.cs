using Sweep.Search.Trials;

namespace Sweep.Silo.Hosting;

/// <summary>What a slot is doing at this moment, for the live view.</summary>
/// <param name="Trial">The trial as it was claimed.</param>
/// <param name="LastReport">Its newest report, or null before the first.</param>
/// <param name="Progress">Where in its epoch it is, or null before it began.</param>
public sealed record RunningTrial(TrialRecord Trial, ReportRecord? LastReport, TrainingProgress? Progress);
