namespace Sweep.Store;

/// <summary>A sweep that the store holds for a silo.</summary>
public sealed record HeldSweep(long SweepId, long Term);
