namespace Sweep.Training;

/// <summary>How a call to <see cref="Trainer.TrainEpoch"/> ended.</summary>
public abstract record EpochResult
{
    private EpochResult()
    {
    }

    /// <summary>The epoch is finished and evaluated.</summary>
    public sealed record Finished(EpochReport Report) : EpochResult;

    /// <summary>The training was asked to stop; the next call continues here.</summary>
    /// <param name="Epoch">Epochs finished.</param>
    /// <param name="StepInEpoch">Steps done in the current epoch.</param>
    public sealed record Stopped(int Epoch, long StepInEpoch) : EpochResult;

    /// <summary>The loss or a parameter is not finite; the training cannot continue.</summary>
    /// <param name="Step">The optimizer update at which this was detected, from 0 over the whole training.</param>
    /// <param name="Epoch">The current epoch, from 1.</param>
    /// <param name="LearningRate">η of that step.</param>
    /// <param name="Loss">The loss at that step.</param>
    /// <param name="Reason">The reason, human-readable.</param>
    public sealed record Diverged(long Step, int Epoch, double LearningRate, double Loss, string Reason) : EpochResult;
}
