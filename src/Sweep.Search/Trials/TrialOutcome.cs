namespace Sweep.Search.Trials;

/// <summary>How an attempt left a trial.</summary>
/// <param name="State">Paused, Completed, Failed, Diverged, Canceled; or Waiting, when the silo stops and gives it back.</param>
/// <param name="RankResource">Null: the epochs trained. The maximum for a trial that ended by its own target or patience.</param>
public sealed record TrialOutcome(TrialState State, string Reason = "", int? RankResource = null);
