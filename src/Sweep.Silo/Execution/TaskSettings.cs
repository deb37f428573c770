using Sweep.Search.Settings;
using Sweep.Torch;
using Sweep.Training;
using Sweep.Training.Data;

namespace Sweep.Silo.Execution;

/// <summary>The settings that every training task has, whatever its model.</summary>
internal static class TaskSettings
{
    public const string DefaultDataset = "fashion-mnist";
    public const string DefaultModel = "mlp";
    public const string DefaultOptimizer = "adam";
    public const string DefaultSchedule = "constant";
    public const string CrossEntropy = "cross_entropy";
    public const string MeanSquares = "mse";
    public const string Float32 = "float32";
    public const string BFloat16 = "bfloat16";

    public static readonly Setting Dataset = new("dataset", SettingKind.Choice, "The data set: a name, idx:FOLDER for IDX files like MNIST's, csv:FILE, or text:FILE")
    {
        Default = DefaultDataset,
        Choices = [.. DatasetRegistry.Names, DatasetRegistry.IdxPrefix + "*", DatasetRegistry.CsvPrefix + "*", DatasetRegistry.TextPrefix + "*"],
    };

    public static readonly Setting Epochs = new("epochs", SettingKind.Integer, "T: passes over the training split; every schedule is laid over them")
    {
        Required = true,
        Minimum = 1,
        Maximum = 1_000_000,
    };

    public static readonly Setting BatchSize = new("batch_size", SettingKind.Integer, "Samples in a step; the last step of an epoch takes what is left")
    {
        Default = (long)TrainerOptions.DefaultBatchSize,
        Minimum = 1,
        Maximum = 1_000_000,
    };

    public static readonly Setting ValidationFraction = new("validation_fraction", SettingKind.Number, "Share of the training set held back to choose by; stratified, by the sweep's seed")
    {
        Default = Split.DefaultValidationFraction,
        Minimum = 0,
        MinimumExclusive = true,
        Maximum = 1,
        MaximumExclusive = true,
    };

    public static readonly Setting DivergenceFactor = new(
        "divergence_factor", SettingKind.Number, "has no effect any more: a trial has diverged when its loss or a parameter is not finite, and never otherwise")
    {
        Minimum = 1,
        MinimumExclusive = true,
        HasNoEffect = true,
    };

    public static readonly Setting Accumulation = new("accumulation", SettingKind.Integer, "Batches whose gradients make one optimizer step")
    {
        Default = 1L,
        Minimum = 1,
        Maximum = 100_000,
    };

    public static readonly Setting Loss = new("loss", SettingKind.Choice, "What is minimised: softmax cross-entropy, or the mean squared distance to the one-hot label; to the number, where one is predicted")
    {
        Default = CrossEntropy,
        Choices = [CrossEntropy, MeanSquares],
    };

    public static readonly Setting AugmentShift = new("augment_shift", SettingKind.Integer, "Training images are moved by up to so many pixels, down or up and left or right")
    {
        Default = 0L,
        Minimum = 0,
        Maximum = 10_000,
    };

    public static readonly Setting AugmentFlip = new("augment_flip", SettingKind.Boolean, "Training images are mirrored, left and right, one time in two")
    {
        Default = false,
    };

    public static readonly Setting Target = new("target", SettingKind.Number, "What epochs_to_target counts the epochs to: a value of target_metric");

    public static readonly Setting TargetMetric = new("target_metric", SettingKind.Choice, "The metric that is to reach the target")
    {
        Default = "val_accuracy",
        Choices = [.. MetricRegistry.All.Select(m => m.Name).Where(m => m is not (MetricRegistry.EpochsToTarget or MetricRegistry.Seconds))],
    };

    public static readonly Setting LabelSmoothing = new("label_smoothing", SettingKind.Number, "Share of each label that is spread over all classes, in training only")
    {
        Default = 0.0,
        Minimum = 0,
        Maximum = 1,
        MaximumExclusive = true,
    };

    public static readonly Setting Precision = new("precision", SettingKind.Choice, "What activations are kept and multiplied in; bfloat16 needs a processor with AVX512-BF16")
    {
        Default = Float32,
        Choices = [Float32, BFloat16],
    };

    public static readonly Setting Device = new("device", SettingKind.Choice, "Where networks compute; cuda:N counts from 0")
    {
        Default = Devices.Cpu,
        Choices = [Devices.Cpu, "cuda", "cuda:*"],
    };

    public static readonly Setting Ema = new("ema", SettingKind.Number, "Decay of a moving average of the weights, which is evaluated instead of them; 0 for none")
    {
        Default = 0.0,
        Minimum = 0,
        Maximum = 1,
        MaximumExclusive = true,
    };

    public static readonly Setting MaxNorm = new("max_norm", SettingKind.Number, "Largest norm of a unit's incoming weights, enforced after each step; 0 for none")
    {
        Default = 0.0,
        Minimum = 0,
    };

    public static IReadOnlyList<Setting> All { get; } =
    [
        Dataset, Epochs, BatchSize, ValidationFraction, DivergenceFactor, Accumulation, Loss, LabelSmoothing, Precision, Device, Ema, MaxNorm,
        AugmentShift, AugmentFlip, Target, TargetMetric,
        .. DataSettings.All,
    ];
}
