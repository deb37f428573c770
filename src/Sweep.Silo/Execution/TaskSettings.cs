using Sweep.Training;
using Sweep.Training.Data;
using Sweep.Training.Settings;

namespace Sweep.Silo.Execution;

/// <summary>The settings that every training task has, whatever its model.</summary>
internal static class TaskSettings
{
    public const string DefaultDataset = "fashion-mnist";
    public const string DefaultModel = "mlp";
    public const string DefaultOptimizer = "adam";
    public const string DefaultSchedule = "constant";

    public static readonly SettingDefinition Dataset = new("dataset", SettingKind.Choice, "The data set: a name, idx:FOLDER for IDX files like MNIST's, or csv:FILE")
    {
        Default = DefaultDataset,
        Choices = [.. DatasetRegistry.Names, DatasetRegistry.IdxPrefix + "*", DatasetRegistry.CsvPrefix + "*"],
    };

    public static readonly SettingDefinition Epochs = new("epochs", SettingKind.Integer, "T: passes over the training split; every schedule is laid over them")
    {
        Required = true,
        Minimum = 1,
        Maximum = 1_000_000,
    };

    public static readonly SettingDefinition BatchSize = new("batch_size", SettingKind.Integer, "Samples in a step; the last step of an epoch takes what is left")
    {
        Default = (long)TrainerOptions.DefaultBatchSize,
        Minimum = 1,
        Maximum = 1_000_000,
    };

    public static readonly SettingDefinition ValidationFraction = new("validation_fraction", SettingKind.Number, "Share of the training set held back to choose by; stratified, by the sweep's seed")
    {
        Default = Split.DefaultValidationFraction,
        Minimum = 0,
        MinimumExclusive = true,
        Maximum = 1,
        MaximumExclusive = true,
    };

    public static readonly SettingDefinition DivergenceFactor = new("divergence_factor", SettingKind.Number, "A trial has diverged when its smoothed loss is this many times the untrained network's")
    {
        Default = TrainerOptions.DefaultDivergenceFactor,
        Minimum = 1,
        MinimumExclusive = true,
    };

    public static IReadOnlyList<SettingDefinition> All { get; } = [Dataset, Epochs, BatchSize, ValidationFraction, DivergenceFactor, .. DataSettings.All];
}
