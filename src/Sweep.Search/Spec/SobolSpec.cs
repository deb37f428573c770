namespace Sweep.Search.Spec;

/// <summary><c>sampler: sobol</c>: points of a Sobol sequence. Independent of results.</summary>
/// <param name="Scramble"><c>scramble</c>: randomized by the seed; default true. The bare sequence begins with every parameter at its minimum.</param>
public sealed record SobolSpec(bool Scramble = true) : SamplerSpec;
