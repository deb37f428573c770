namespace Sweep.Search.Spaces;

/// <summary>What may vary, and how.</summary>
/// <param name="Name">The path of the setting that it sets.</param>
/// <param name="Alternatives">At least one; their conditions exclude each other. Where none holds, the parameter is inactive.</param>
public sealed record Parameter(string Name, IReadOnlyList<Alternative> Alternatives);
