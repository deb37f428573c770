namespace Sweep.Training;

/// <summary>How a call to <see cref="Trainer.TrainEpoch"/> ended.</summary>
public abstract record EpochResult
{
    private EpochResult()
    {
    }

    /// <summary>The epoch is done and was evaluated.</summary>
    public sealed record Finished(EpochReport Report) : EpochResult;

    /// <summary>It was asked to stop; the next call goes on at this place.</summary>
    /// <param name="Epoch">Epochs finished.</param>
    /// <param name="StepInEpoch">Steps done of the epoch under way.</param>
    public sealed record Stopped(int Epoch, long StepInEpoch) : EpochResult;

    /// <summary>The training blew up and cannot go on.</summary>
    /// <param name="Step">The optimizer update it was seen at, from 0 over the whole training.</param>
    /// <param name="Epoch">The epoch under way, from 1.</param>
    /// <param name="LearningRate">η of that step.</param>
    /// <param name="Loss">The loss that was seen.</param>
    /// <param name="Reason">What was wrong with it, for people.</param>
    public sealed record Diverged(long Step, int Epoch, double LearningRate, double Loss, string Reason) : EpochResult;
}
