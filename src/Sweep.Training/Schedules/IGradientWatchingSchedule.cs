namespace Sweep.Training.Schedules;

/// <summary>A schedule that sees the loss and the gradient of every update before it says the update's rate.</summary>
/// <remarks>
/// The trainer calls <see cref="ObserveGradient"/> once for each step, in order, and asks for that step's rate after it. Only
/// the rates of the step observed last and of those after it are meaningful.
/// </remarks>
public interface IGradientWatchingSchedule : IStatefulSchedule
{
    /// <summary>Whether it needs to know how a gradient lies to the update before; else it is told the gradient's norm alone, which costs less.</summary>
    bool ComparesSteps { get; }

    /// <summary>Takes in the gradient of a step.</summary>
    void ObserveGradient(GradientObservation observation);
}
