namespace Sweep.Store;

/// <summary>What the store holds for a silo, as its heartbeat learns: whatever it does beyond this, it has lost.</summary>
/// <param name="Trials">The trials it runs, or holds claimed.</param>
/// <param name="Sweeps">The sweeps it coordinates.</param>
public sealed record SiloHoldings(IReadOnlyList<HeldTrial> Trials, IReadOnlyList<HeldSweep> Sweeps);

/// <summary>A trial that the store holds for a silo.</summary>
/// <param name="IsWanted">False when its sweep was paused: it is to be checkpointed and given back.</param>
public sealed record HeldTrial(long TrialId, int Attempt, long SweepId, bool IsWanted);

/// <summary>A sweep that the store holds for a silo.</summary>
public sealed record HeldSweep(long SweepId, long Term);
