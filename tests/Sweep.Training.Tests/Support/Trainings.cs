using Sweep.Training.Models;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;

namespace Sweep.Training.Tests.Support;

internal static class Trainings
{
    public const int Epochs = 4;

    /// <summary>A small network: 400 rows in batches of 48, so the last of an epoch has 16; 100 rows validate.</summary>
    public static TrainerOptions Options(Blobs blobs, string optimizer = "adam", double? rate = null, Action<long>? atStep = null)
    {
        var model = ModelRegistry.Get("mlp");
        var definition = OptimizerRegistry.Get(optimizer);
        return new TrainerOptions
        {
            Source = blobs.Source,
            Train = [.. Enumerable.Range(0, blobs.Rows * 4 / 5)],
            Validation = [.. Enumerable.Range(blobs.Rows * 4 / 5, blobs.Rows / 5)],
            Model = model,
            ModelSettings = Values.Of(model.Settings, ("hidden", new List<long> { 24, 12 })),
            Optimizer = definition,
            OptimizerSettings = Values.Of(definition.Settings),
            Schedule = new Falling(rate ?? definition.DefaultRate, atStep),
            BatchSize = 48,
            Epochs = Epochs,
            Seed = 17,
        };
    }

    /// <summary>The mean loss on the training rows before the first step.</summary>
    public static double UntrainedLoss(TrainerOptions options)
    {
        // At a rate of almost 0, the epoch's validation loss is that of the untrained network.
        using var trainer = new Trainer(options with { Validation = options.Train, Schedule = new Falling(1e-30, null), Optimizer = OptimizerRegistry.Get("sgd"), OptimizerSettings = Values.Of(OptimizerRegistry.Get("sgd").Settings) });
        return Assert.IsType<EpochResult.Finished>(trainer.TrainEpoch(CancellationToken.None)).Report.Metrics["val_loss"];
    }

    /// <summary>Trains to the end, and gives every number that must be the same each time.</summary>
    public static (List<EpochReport> Reports, byte[] Parameters) ToTheEnd(TrainerOptions options)
    {
        using var trainer = new Trainer(options);
        return ToTheEnd(trainer, options.Epochs);
    }

    public static (List<EpochReport> Reports, byte[] Parameters) ToTheEnd(Trainer trainer, int epochs)
    {
        var reports = new List<EpochReport>();
        while (trainer.Epoch < epochs)
        {
            reports.Add(Assert.IsType<EpochResult.Finished>(trainer.TrainEpoch(CancellationToken.None)).Report);
        }
        return (reports, trainer.Parameters.Save());
    }

    public static void AssertSameBits(EpochReport expected, EpochReport actual)
    {
        Assert.Equal((expected.Epoch, expected.Steps, expected.Samples), (actual.Epoch, actual.Steps, actual.Samples));
        Assert.Equal(Bits(expected.LearningRate), Bits(actual.LearningRate));
        Assert.Equal(expected.Metrics.Select(m => (m.Key, Bits(m.Value))), actual.Metrics.Select(m => (m.Key, Bits(m.Value))));
        Assert.Equal(expected.Experiences.ToArray(), actual.Experiences.ToArray());
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private sealed class Falling(double rate, Action<long>? atStep) : ISchedule
    {
        public double RateAt(long step)
        {
            atStep?.Invoke(step);
            return rate / (1 + (0.01 * step));
        }
    }
}
