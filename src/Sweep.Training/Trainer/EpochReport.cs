namespace Sweep.Training;

/// <summary>A finished epoch.</summary>
public sealed record EpochReport
{
    /// <summary>Epochs finished, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Optimizer updates done since the start of the training.</summary>
    public required long Steps { get; init; }

    /// <summary>η of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Those of <see cref="MetricRegistry"/> that the training has: train_ over the epoch's rows, each seen before its step; val_ after it, of the average of the weights if there is one.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>Time spent on the epoch, evaluation included, over all attempts that it was resumed in. Outside the promise of same bits.</summary>
    public required double Seconds { get; init; }

    /// <summary>What later trainings may learn from the epoch, of a schedule that does (<see cref="Schedules.ILearningSchedule"/>); empty for nothing.</summary>
    public ReadOnlyMemory<byte> Experiences { get; init; }

    /// <summary>Rows trained on in the epoch.</summary>
    public required long Samples { get; init; }
}
