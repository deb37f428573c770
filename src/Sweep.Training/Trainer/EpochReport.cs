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

    /// <summary>The metrics of <see cref="MetricRegistry"/> that apply: train_ over the epoch's rows, each before its step; val_ after the epoch, of the averaged weights if there are any.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>Time spent on the epoch including evaluation, over all attempts. Not part of the promise of same bits.</summary>
    public required double Seconds { get; init; }

    /// <summary>What a schedule that learns across trainings (<see cref="Schedules.ILearningSchedule"/>) keeps of the epoch; empty otherwise.</summary>
    public ReadOnlyMemory<byte> Experiences { get; init; }

    /// <summary>Rows trained on in the epoch.</summary>
    public required long Samples { get; init; }
}
