namespace Sweep.Search.Spec;

/// <summary>What a sweep looks for: a metric and a direction.</summary>
public sealed record Objective(string Metric, ObjectiveGoal Goal, ObjectiveOver Over);
