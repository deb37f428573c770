namespace Sweep.Search.Spaces;

/// <summary>Holds when the parameter is active and its value is one of those given.</summary>
public sealed record Condition(string Parameter, IReadOnlyList<ParameterValue> Values);
