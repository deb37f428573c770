using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>A line of <c>sweep list</c>.</summary>
/// <param name="Counts">Trials in each state; states without a trial are left out.</param>
public sealed record SweepSummary(SweepRecord Sweep, IReadOnlyDictionary<TrialState, int> Counts);
