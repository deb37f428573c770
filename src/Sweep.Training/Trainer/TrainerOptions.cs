using Sweep.Torch;
using Sweep.Training.Models;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;
using Sweep.Training.Settings;

namespace Sweep.Training;

/// <summary>Everything that decides a training; equal options and seed give the same bits.</summary>
public sealed record TrainerOptions
{
    public const int DefaultBatchSize = 128;

    public const double DefaultDivergenceFactor = 3;

    /// <summary>The data set, shared and outliving the trainer.</summary>
    public required BatchSource Source { get; init; }

    /// <summary>The rows that are trained on; at least one.</summary>
    public required int[] Train { get; init; }

    /// <summary>The rows that select; none leaves the validation metrics out.</summary>
    public required int[] Validation { get; init; }

    public required ModelDefinition Model { get; init; }

    public required SettingValues ModelSettings { get; init; }

    public required OptimizerDefinition Optimizer { get; init; }

    public required SettingValues OptimizerSettings { get; init; }

    /// <summary>η of each step. Owned by the trainer: one that watches the training is told of each epoch.</summary>
    public required ISchedule Schedule { get; init; }

    /// <summary>Rows of a step, except that an optimizer on the full batch takes them all; the last step of an epoch may have fewer.</summary>
    public int BatchSize { get; init; } = DefaultBatchSize;

    /// <summary>T: the epochs of the whole training, whatever part of it is granted.</summary>
    public required int Epochs { get; init; }

    /// <summary>The trial's own seed, mixed from the sweep's seed and the replicate.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Diverged: the smoothed loss is above this many times the untrained network's.</summary>
    public double DivergenceFactor { get; init; } = DefaultDivergenceFactor;

    /// <summary>Where to go on from; null starts anew.</summary>
    public byte[]? Checkpoint { get; init; }

    /// <summary>For durations alone: nothing that is trained depends on time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Rows of a full step.</summary>
    public int RowsPerStep => Optimizer.FullBatch ? Train.Length : Math.Min(BatchSize, Train.Length);

    /// <summary>Optimizer updates in an epoch: ⌈rows / batch⌉.</summary>
    public long StepsPerEpoch => CountSteps(Train.Length, BatchSize, Optimizer.FullBatch);

    /// <summary>Optimizer updates in an epoch, for who builds the schedule before the trainer.</summary>
    public static long CountSteps(int rows, int batchSize, bool fullBatch) => fullBatch ? 1 : (rows + (long)batchSize - 1) / batchSize;
}
