using System.Globalization;
using Sweep.Search.Settings;
using Sweep.Torch;
using Sweep.Training;
using Sweep.Training.Data;
using Sweep.Training.Models;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;

namespace Sweep.Bench.Training;

/// <summary>What bfloat16 costs in accuracy: the CNN on Fashion-MNIST, Adam 1e-3, each seed in both precisions.</summary>
internal static class PrecisionTrial
{
    public static async Task<int> Print(int seeds, int epochs)
    {
        var cache = new DatasetCache(DatasetLocations.FromEnvironment());
        var dataset = await cache.GetAsync("fashion-mnist", CancellationToken.None);
        var (mean, deviation) = (dataset.Normalization.Mean[0], dataset.Normalization.StandardDeviation[0]);
        using var data = torch.from_memory<byte>(dataset.Train.Pixels, dataset.Train.Count, dataset.Features);
        using var labels = torch.from_memory<long>(dataset.Train.Labels, dataset.Train.Count);
        using var source = new BatchSource(data, labels, dataset.ClassCount, 1 / (255.0 * deviation), -(double)mean / deviation);
        var split = Split.Create(dataset.Train.Labels, Split.DefaultValidationFraction, 1);
        Console.WriteLine(FormattableString.Invariant($"cnn, adam 1e-3, batch 128, {epochs} epochs on Fashion-MNIST: val_accuracy in percent, val_loss"));
        var differences = new List<double>();
        for (var seed = 1; seed <= seeds; seed++)
        {
            var wide = Train(source, split, Precision.Float32, epochs, (ulong)seed);
            var narrow = Train(source, split, Precision.BFloat16, epochs, (ulong)seed);
            differences.Add(narrow.Accuracy - wide.Accuracy);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  seed {seed}: float32 {wide.Accuracy:F2} ({wide.Loss:F4}), bfloat16 {narrow.Accuracy:F2} ({narrow.Loss:F4})"));
        }
        Console.WriteLine(FormattableString.Invariant($"bfloat16 - float32: mean {differences.Average():F2} points, from {differences.Min():F2} to {differences.Max():F2}"));
        return 0;
    }

    private static (double Accuracy, double Loss) Train(BatchSource source, Split split, Precision precision, int epochs, ulong seed)
    {
        var (definition, model, constant) = (OptimizerRegistry.Get("adam"), ModelRegistry.Get("cnn"), ScheduleRegistry.Find("constant"));
        using var trainer = new Trainer(new TrainerOptions
        {
            Source = source,
            Train = split.Train,
            Validation = split.Validation,
            Model = model,
            ModelSettings = Defaults(model.Settings),
            Optimizer = definition,
            OptimizerSettings = Defaults(definition.Settings),
            Schedule = constant.Create(
                Defaults(constant.Settings),
                new ScheduleContext { LearningRate = 1e-3, Epochs = epochs, StepsPerEpoch = TrainerOptions.CountSteps(split.Train.Length, 128, false) }),
            Precision = precision,
            Epochs = epochs,
            Seed = seed,
        });
        var (accuracy, loss) = (0.0, 0.0);
        while (trainer.Epoch < epochs && trainer.TrainEpoch(CancellationToken.None) is EpochResult.Finished { Report: var report })
        {
            (accuracy, loss) = (100 * report.Metrics["val_accuracy"], report.Metrics["val_loss"]);
        }
        return (accuracy, loss);
    }

    private static SettingValues Defaults(IReadOnlyList<Setting> settings) => new(new Dictionary<string, object?>(), settings);
}
