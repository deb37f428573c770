namespace Sweep.Training.Schedules;

/// <summary>What a schedule may know of a finished epoch.</summary>
/// <param name="Epoch">Epochs finished, from 1.</param>
/// <param name="Steps">Optimizer updates done since the start of the training.</param>
/// <param name="Metrics">The epoch's metrics by name. NaN and infinities are passed on as they are.</param>
public sealed record EpochObservation(int Epoch, long Steps, IReadOnlyDictionary<string, double> Metrics);
