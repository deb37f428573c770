namespace Sweep.Search.Spec;

/// <summary>Which sampler, with its settings.</summary>
public abstract record SamplerSpec;
