using System.Globalization;
using Sweep.Search.Settings;
using Sweep.Torch;
using Sweep.Training;
using Sweep.Training.Data;
using Sweep.Training.Models;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;

namespace Sweep.Bench.Training;

/// <summary>The learned controller against a constant rate ten times too high and ten times too low, on Fashion-MNIST, five seeds each, paired.</summary>
internal static class ControllerTrial
{
    private const int Seeds = 5;
    private const int Epochs = 5;

    // Student's t for 95 % and four degrees of freedom.
    private const double T = 2.776;

    public static async Task<int> Print(string optimizer, double rate, int first)
    {
        var cache = new DatasetCache(DatasetLocations.FromEnvironment());
        var dataset = await cache.GetAsync("fashion-mnist", CancellationToken.None);
        var (mean, deviation) = (dataset.Normalization.Mean[0], dataset.Normalization.StandardDeviation[0]);
        using var data = torch.from_memory<byte>(dataset.Train.Pixels, dataset.Train.Count, dataset.Features);
        using var labels = torch.from_memory<long>(dataset.Train.Labels, dataset.Train.Count);
        using var source = new BatchSource(data, labels, dataset.ClassCount, 1 / (255.0 * deviation), -(double)mean / deviation);
        var split = Split.Create(dataset.Train.Labels, Split.DefaultValidationFraction, 1);
        Console.WriteLine(FormattableString.Invariant($"{optimizer}, {Epochs} epochs, val_accuracy in percent; {rate} as a constant rate is right"));
        foreach (var factor in (double[])[1, 10, 0.1])
        {
            var differences = new List<double>();
            for (var seed = first; seed < first + Seeds; seed++)
            {
                var constant = Train(source, split, optimizer, "constant", rate * factor, (ulong)seed);
                var learned = Train(source, split, optimizer, "learned_controller", rate * factor, (ulong)seed);
                differences.Add(learned.Accuracy - constant.Accuracy);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  lr {rate * factor:G3} seed {seed}: constant {constant.Accuracy:F2}, controller {learned.Accuracy:F2} (rate at the end {learned.Rate:G3})"));
            }
            var average = differences.Average();
            var half = T * Math.Sqrt(differences.Sum(d => (d - average) * (d - average)) / (Seeds - 1) / Seeds);
            Console.WriteLine(FormattableString.Invariant($"lr {rate * factor:G3} ({factor} times): controller - constant = {average:F2} points, 95 % interval [{average - half:F2}, {average + half:F2}]"));
        }
        return 0;
    }

    private static (double Accuracy, double Rate) Train(BatchSource source, Split split, string optimizer, string schedule, double rate, ulong seed)
    {
        var (definition, model, curve) = (OptimizerRegistry.Get(optimizer), ModelRegistry.Get("mlp"), ScheduleRegistry.Find(schedule));
        using var trainer = new Trainer(new TrainerOptions
        {
            Source = source,
            Train = split.Train,
            Validation = split.Validation,
            Model = model,
            ModelSettings = Defaults(model.Settings),
            Optimizer = definition,
            OptimizerSettings = Defaults(definition.Settings),
            Schedule = curve.Create(
                Defaults(curve.Settings),
                new ScheduleContext { LearningRate = rate, Epochs = Epochs, StepsPerEpoch = TrainerOptions.CountSteps(split.Train.Length, 128, false) }),
            Epochs = Epochs,
            Seed = seed,
        });
        var (accuracy, last) = (0.0, rate);
        while (trainer.Epoch < Epochs && trainer.TrainEpoch(CancellationToken.None) is EpochResult.Finished { Report: var report })
        {
            (accuracy, last) = (100 * report.Metrics["val_accuracy"], report.LearningRate);
        }
        return (accuracy, last);
    }

    private static SettingValues Defaults(IReadOnlyList<Setting> settings) => new(new Dictionary<string, object?>(), settings);
}
