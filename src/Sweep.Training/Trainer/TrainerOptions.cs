using Sweep.Search.Settings;
using Sweep.Torch;
using Sweep.Training.Data;
using Sweep.Training.Models;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;

namespace Sweep.Training;

/// <summary>All inputs of a training; equal options and seed give the same bits.</summary>
public sealed record TrainerOptions
{
    public const int DefaultBatchSize = 128;

    /// <summary>The data set, shared and outliving the trainer.</summary>
    public required BatchSource Source { get; init; }

    /// <summary>The training rows; at least one.</summary>
    public required int[] Train { get; init; }

    /// <summary>The validation rows; empty leaves the validation metrics out.</summary>
    public required int[] Validation { get; init; }

    public required ModelDefinition Model { get; init; }

    public required SettingValues ModelSettings { get; init; }

    public required OptimizerDefinition Optimizer { get; init; }

    public required SettingValues OptimizerSettings { get; init; }

    /// <summary>The learning rate of each step. Owned by the trainer, which reports each epoch to a schedule that watches the training.</summary>
    public required ISchedule Schedule { get; init; }

    /// <summary>Rows of a batch; the last batch of an epoch may have fewer. A full-batch optimizer always uses all rows.</summary>
    public int BatchSize { get; init; } = DefaultBatchSize;

    /// <summary>Batches whose gradients are averaged over all their rows into one step; batch normalisation sees one batch at a time.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>The loss that is minimised.</summary>
    public LossKind Loss { get; init; } = LossKind.CrossEntropy;

    /// <summary>What the source's targets were standardised with, over <see cref="Train"/>: errors and exported weights are in their own unit. Null for targets as they are.</summary>
    public Standardization? TargetScale { get; init; }

    /// <summary>Augmentation of training images; null for none. Its key is ignored: each epoch derives its own from the seed.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>The target of the metric <c>epochs_to_target</c>; null leaves the metric out.</summary>
    public TargetRule? Target { get; init; }

    /// <summary>Whether <c>seconds</c>, the time of all epochs so far, is reported as a metric. It is not part of the promise of same bits.</summary>
    public bool ReportsSeconds { get; init; }

    /// <summary>The share of each label that is spread over all classes while training; validation is never smoothed.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The precision of activations and products.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>The device: see <see cref="Devices"/>.</summary>
    public string Device { get; init; } = Devices.Cpu;

    /// <summary>The decay of an exponential moving average of the weights, which replaces them in evaluation; 0 for none.</summary>
    public double Averaging { get; init; }

    /// <summary>The largest norm of a unit's incoming weights after a step; infinite for none (Srivastava et al. 2014, section 5.1).</summary>
    public double MaxNorm { get; init; } = double.PositiveInfinity;

    /// <summary>T: the epochs of the whole training, whatever resource is granted.</summary>
    public required int Epochs { get; init; }

    /// <summary>The trial's own seed, mixed from the sweep's seed and the replicate.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Called on the training thread with each step's loss, before the parameters change; for diagnosis.</summary>
    public Action<StepObservation>? StepObserver { get; init; }

    /// <summary>The checkpoint to continue from; null to start.</summary>
    public byte[]? Checkpoint { get; init; }

    /// <summary>Measures durations; no result depends on it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Rows of a full step.</summary>
    public int RowsPerStep => Optimizer.FullBatch ? Train.Length : (int)Math.Min((long)BatchSize * Accumulation, Train.Length);

    /// <summary>Rows of a forward pass, before it is divided into chunks.</summary>
    public int RowsPerPass => Optimizer.FullBatch ? Train.Length : Math.Min(BatchSize, Train.Length);

    /// <summary>Optimizer updates in an epoch: ⌈rows / (batch · accumulation)⌉.</summary>
    public long StepsPerEpoch => CountSteps(Train.Length, BatchSize, Optimizer.FullBatch, Accumulation);

    /// <summary>Optimizer updates in an epoch, for building the schedule before the trainer.</summary>
    public static long CountSteps(int rows, int batchSize, bool fullBatch, int accumulation = 1)
    {
        var step = (long)batchSize * accumulation;
        return fullBatch ? 1 : (rows + step - 1) / step;
    }
}

/// <summary>A step's batch before the parameters change.</summary>
/// <param name="Step">The optimizer update, from 0 over the whole training.</param>
/// <param name="Loss">The mean loss.</param>
/// <param name="Correct">Rows that were classified correctly; 0 where numbers are predicted.</param>
/// <param name="Rows">Rows of the batch.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct StepObservation(long Step, double Loss, long Correct, int Rows);
