namespace Sweep.Grains.Spec;

/// <summary>The search section.</summary>
/// <param name="Trials">How many trials there are in all; never more than a finite space has points.</param>
/// <param name="Seed">From 0 on, 63 bits.</param>
/// <param name="Pruner">Null: every trial is trained to the full.</param>
public sealed record SearchSpec(SamplerSpec Sampler, int Trials, long Seed, PrunerSpec? Pruner);
