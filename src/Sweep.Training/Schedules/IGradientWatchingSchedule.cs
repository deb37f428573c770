namespace Sweep.Training.Schedules;

/// <summary>A schedule that sees the loss and the gradient of every update before it says the update's rate.</summary>
/// <remarks>
/// The trainer calls <see cref="ObserveGradient"/> once for each step, in order, and asks for that step's rate after it. Only
/// the rates of the step observed last and of those after it are meaningful.
/// </remarks>
public interface IGradientWatchingSchedule : IStatefulSchedule
{
    /// <summary>The most that <see cref="DetailAt"/> ever says.</summary>
    GradientDetail Detail { get; }

    /// <summary>What it needs to know at a step; the rest of the observation is 0. A pure function of the step: less costs less.</summary>
    GradientDetail DetailAt(long step);

    /// <summary>Takes in the gradient of a step.</summary>
    void ObserveGradient(GradientObservation observation);
}
