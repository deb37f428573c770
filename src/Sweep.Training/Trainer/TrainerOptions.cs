using Sweep.Torch;
using Sweep.Training.Data;
using Sweep.Training.Models;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;
using Sweep.Training.Settings;

namespace Sweep.Training;

/// <summary>Everything that decides a training; equal options and seed give the same bits.</summary>
public sealed record TrainerOptions
{
    public const int DefaultBatchSize = 128;

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

    /// <summary>Rows of a batch, except that an optimizer on the full batch takes them all; the last of an epoch may have fewer.</summary>
    public int BatchSize { get; init; } = DefaultBatchSize;

    /// <summary>Batches whose gradients make one step, their mean over all rows; batch normalisation sees one at a time.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>What is minimised.</summary>
    public LossKind Loss { get; init; } = LossKind.CrossEntropy;

    /// <summary>What the source's targets were standardised with, over <see cref="Train"/>: errors and exported weights are in their own unit. Null for targets as they are.</summary>
    public Standardization? TargetScale { get; init; }

    /// <summary>How images are moved in training; null leaves them as they are. Its key is not looked at: each epoch has its own, from the seed.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>What <c>epochs_to_target</c> counts to; null leaves that metric out.</summary>
    public TargetRule? Target { get; init; }

    /// <summary>Whether <c>seconds</c>, over all epochs so far, is among the metrics. It is outside the promise of same bits.</summary>
    public bool ReportsSeconds { get; init; }

    /// <summary>The share of each label that is spread over all classes while training; validation is never smoothed.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>What activations are kept and multiplied in.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Where the network computes: see <see cref="Devices"/>.</summary>
    public string Device { get; init; } = Devices.Cpu;

    /// <summary>The decay of an exponential moving average of the weights, which is evaluated instead of them; 0 for none.</summary>
    public double Averaging { get; init; }

    /// <summary>The largest norm of a unit's incoming weights after a step; infinite for none (Srivastava et al. 2014, section 5.1).</summary>
    public double MaxNorm { get; init; } = double.PositiveInfinity;

    /// <summary>T: the epochs of the whole training, whatever part of it is granted.</summary>
    public required int Epochs { get; init; }

    /// <summary>The trial's own seed, mixed from the sweep's seed and the replicate.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Called on the training thread with each step's loss, before the parameters change; for diagnosis.</summary>
    public Action<StepObservation>? StepObserver { get; init; }

    /// <summary>Where to go on from; null starts anew.</summary>
    public byte[]? Checkpoint { get; init; }

    /// <summary>For durations alone: nothing that is trained depends on time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Rows of a full step.</summary>
    public int RowsPerStep => Optimizer.FullBatch ? Train.Length : (int)Math.Min((long)BatchSize * Accumulation, Train.Length);

    /// <summary>Rows that go through the network at once, unless they are too many.</summary>
    public int RowsPerPass => Optimizer.FullBatch ? Train.Length : Math.Min(BatchSize, Train.Length);

    /// <summary>Optimizer updates in an epoch: ⌈rows / (batch · accumulation)⌉.</summary>
    public long StepsPerEpoch => CountSteps(Train.Length, BatchSize, Optimizer.FullBatch, Accumulation);

    /// <summary>Optimizer updates in an epoch, for who builds the schedule before the trainer.</summary>
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
