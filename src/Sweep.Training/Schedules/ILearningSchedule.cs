namespace Sweep.Training.Schedules;

/// <summary>A schedule from which the trainings of later trials learn.</summary>
/// <remarks>The trainer takes what it has learned after each finished epoch, before any checkpoint there; what is taken is no part of its state any more.</remarks>
public interface ILearningSchedule : IStatefulSchedule
{
    /// <summary>What it has seen since this was called last, as <see cref="Controller.ControllerPolicy.Fold"/> reads it; empty for nothing.</summary>
    byte[] TakeExperiences();
}
