namespace Sweep.Search.Spaces;

/// <summary>One of the distributions that a parameter may have: a dimension of its own to a sampler.</summary>
/// <param name="Conditions">It is active when all of them hold.</param>
public sealed record Alternative(Distribution Distribution, IReadOnlyList<Condition> Conditions);
