namespace Sweep.Store;

/// <summary>A trial that the store holds for a silo.</summary>
/// <param name="IsWanted">False when its sweep was paused: it is to be checkpointed and given back.</param>
public sealed record HeldTrial(long TrialId, int Attempt, long SweepId, bool IsWanted);
