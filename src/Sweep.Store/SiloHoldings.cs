namespace Sweep.Store;

/// <summary>What the store holds for a silo, as its heartbeat learns: whatever it does beyond this, it has lost.</summary>
/// <param name="Trials">The trials it runs, or holds claimed.</param>
/// <param name="Sweeps">The sweeps it coordinates.</param>
public sealed record SiloHoldings(IReadOnlyList<HeldTrial> Trials, IReadOnlyList<HeldSweep> Sweeps);
