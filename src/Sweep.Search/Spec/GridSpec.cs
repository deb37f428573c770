namespace Sweep.Search.Spec;

/// <summary><c>sampler: grid</c>: every point of a finite space once.</summary>
/// <param name="Shuffled"><c>order: shuffled</c>, by the seed; otherwise lexicographic, the last parameter changing fastest.</param>
public sealed record GridSpec(bool Shuffled) : SamplerSpec;
