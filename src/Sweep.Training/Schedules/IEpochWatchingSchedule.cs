namespace Sweep.Training.Schedules;

/// <summary>A schedule that reads the metrics of each finished epoch.</summary>
/// <remarks>
/// The trainer calls <see cref="ObserveEpoch"/> once after each epoch, in order, before it asks for the rate of any step of
/// the next; a checkpoint taken after an epoch holds the state after that call. Only rates of steps not yet trained are meaningful.
/// </remarks>
public interface IEpochWatchingSchedule : IStatefulSchedule
{
    /// <summary>The metric that must be in every observation, e.g. <c>val_loss</c>.</summary>
    string Metric { get; }

    /// <summary>Takes in a finished epoch.</summary>
    /// <exception cref="TrainingException">The observation lacks <see cref="Metric"/>.</exception>
    void ObserveEpoch(EpochObservation observation);
}
