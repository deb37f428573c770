namespace Sweep.Training.Schedules;

/// <summary>How much a schedule needs to know of a step's gradient.</summary>
public enum GradientDetail
{
    /// <summary>Nothing: the loss alone is observed.</summary>
    None,

    /// <summary>Its norm.</summary>
    Norm,

    /// <summary>Its norm, and how it lies to the update before.</summary>
    Comparison,
}
