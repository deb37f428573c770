namespace Sweep.Store;

/// <summary>What became of <see cref="ISweepStore.CreateSweepAsync"/>: the sweep, or null when its fixed name is taken.</summary>
public sealed record CreateResult(SweepRecord? Sweep);
