namespace Sweep.Search.Spec;

/// <summary>Which values of a metric are better.</summary>
public enum ObjectiveGoal
{
    Minimize,
    Maximize,
}
