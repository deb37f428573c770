namespace Sweep.Search.Spec;

/// <summary><c>type: target</c>: a trial whose first objective is at least as good as <paramref name="Value"/> is Completed at once, and counts as trained to the full.</summary>
public sealed record TargetSpec(double Value);
