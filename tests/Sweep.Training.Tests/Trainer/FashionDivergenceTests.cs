using Sweep.Torch;
using Sweep.Training.Data;
using Sweep.Training.Schedules;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

/// <summary>On Fashion-MNIST itself: good rates whose first steps have high losses are kept, and only losses that are not finite end a training.</summary>
public sealed class FashionDivergenceTests
{
    private const int Epochs = 2;

    [Theory]
    [InlineData("rmsprop", 0.007, true)]
    [InlineData("adagrad", 0.05, true)]
    [InlineData("adam", 1.0, true)]
    [InlineData("sgd", 1e30, false)]
    public async Task Training_AtARate_IsTrainedToItsEndUnlessTheLossIsNotFinite(string optimizer, double rate, bool isFinite)
    {
        var dataset = await new DatasetCache(DatasetLocations.FromEnvironment()).GetAsync("fashion-mnist", CancellationToken.None);
        var (mean, deviation) = (dataset.Normalization.Mean[0], dataset.Normalization.StandardDeviation[0]);
        using var data = torch.from_memory<byte>(dataset.Train.Pixels, dataset.Train.Count, dataset.Features);
        using var labels = torch.from_memory<long>(dataset.Train.Labels, dataset.Train.Count);
        using var source = new BatchSource(data, labels, dataset.ClassCount, 1 / (255.0 * deviation), -(double)mean / deviation);
        using var blobs = new Blobs();
        var split = Split.Create(dataset.Train.Labels, Split.DefaultValidationFraction, 1);
        var options = Trainings.Options(blobs, optimizer) with
        {
            Source = source,
            Train = split.Train,
            Validation = split.Validation,
            BatchSize = TrainerOptions.DefaultBatchSize,
            Epochs = Epochs,
        };
        options = options with
        {
            ModelSettings = Values.Of(options.Model.Settings),
            Schedule = ScheduleRegistry.Create(
                "constant",
                Values.Of(ScheduleRegistry.Find("constant").Settings),
                new ScheduleContext { LearningRate = rate, Epochs = Epochs, StepsPerEpoch = options.StepsPerEpoch }),
        };
        using var trainer = new Trainer(options);

        var result = trainer.TrainEpoch(CancellationToken.None);
        if (isFinite)
        {
            Assert.IsType<EpochResult.Finished>(result);
            return;
        }

        var diverged = Assert.IsType<EpochResult.Diverged>(result);
        Assert.Equal((1, rate), (diverged.Epoch, diverged.LearningRate));
        Assert.InRange(diverged.Step, 0, options.StepsPerEpoch - 1);
        Assert.False(string.IsNullOrEmpty(diverged.Reason));
    }
}
