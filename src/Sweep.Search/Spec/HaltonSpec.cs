namespace Sweep.Search.Spec;

/// <summary><c>sampler: halton</c>: points of a Halton sequence. Independent of results.</summary>
/// <param name="Scramble"><c>scramble</c>: randomized by the seed; default true. The bare sequence begins with every parameter at its minimum.</param>
public sealed record HaltonSpec(bool Scramble = true) : SamplerSpec;
