namespace Sweep.Search.Spec;

/// <summary>An optimizer and a schedule that do not go together.</summary>
/// <param name="Reason">Why, in a sentence that names both.</param>
public sealed record CatalogueConflict(string Optimizer, string Schedule, string Reason);
