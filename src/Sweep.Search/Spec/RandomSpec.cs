namespace Sweep.Search.Spec;

/// <summary><c>sampler: random</c>: independent draws from the parameters' distributions.</summary>
public sealed record RandomSpec : SamplerSpec;
