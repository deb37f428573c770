namespace Sweep.Training.Schedules;

/// <summary>What a schedule is laid over: the whole of a training, whatever part of it has been granted so far.</summary>
public sealed record ScheduleContext
{
    /// <summary>η0, the largest rate that the schedule reaches (one that watches gradients: that it starts from); positive and finite.</summary>
    public required double LearningRate { get; init; }

    /// <summary><c>task.epochs</c>, at least 1.</summary>
    public required int Epochs { get; init; }

    /// <summary>Optimizer updates in an epoch, at least 1: ⌈n_train / batch⌉ / accumulation steps.</summary>
    public required long StepsPerEpoch { get; init; }

    /// <summary>What earlier trainings taught a schedule that learns across them (<see cref="Controller.ControllerPolicy"/>); empty for nothing.</summary>
    public ReadOnlyMemory<byte> Policy { get; init; }

    internal void ThrowIfInvalid()
    {
        if (!(LearningRate > 0 && double.IsFinite(LearningRate)))
        {
            throw new TrainingException($"lr: {LearningRate} is not a positive, finite number");
        }

        if (Epochs < 1)
        {
            throw new TrainingException($"task.epochs: {Epochs} is not at least 1");
        }

        if (StepsPerEpoch < 1)
        {
            throw new TrainingException($"steps per epoch: {StepsPerEpoch} is not at least 1");
        }
    }
}
