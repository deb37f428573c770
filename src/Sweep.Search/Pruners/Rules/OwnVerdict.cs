using Sweep.Search.Trials;

namespace Sweep.Search.Pruners.Rules;

/// <summary>How a trial ends by a rule of its own.</summary>
/// <param name="State">Completed, which counts as trained to the full, or Pruned.</param>
/// <param name="Reason">For people.</param>
public sealed record OwnVerdict(TrialState State, string Reason);
