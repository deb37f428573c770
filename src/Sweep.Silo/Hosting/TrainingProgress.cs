namespace Sweep.Silo.Hosting;

/// <summary>Where a training is.</summary>
/// <param name="Epoch">Epochs finished.</param>
/// <param name="Step">Optimizer steps done in the epoch begun.</param>
/// <param name="StepsPerEpoch">Optimizer steps in an epoch.</param>
/// <param name="LearningRate">The rate of the last step.</param>
/// <param name="SamplesPerSecond">Measured over the last moments; 0 before anything was measured.</param>
public sealed record TrainingProgress(int Epoch, long Step, long StepsPerEpoch, double LearningRate, double SamplesPerSecond);
