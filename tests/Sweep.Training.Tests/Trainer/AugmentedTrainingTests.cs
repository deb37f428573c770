using Sweep.Torch;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

/// <summary>Trainings on moved images.</summary>
public sealed class AugmentedTrainingTests
{
    private static readonly Augmentation How = new(1, 5, 8, 2, 1, Key: 0);

    [Theory]
    [InlineData(3)]
    [InlineData(13)]
    [InlineData(30)]
    public void Training_InterruptedAndResumed_HasTheSameBits(long at)
    {
        using var blobs = new Blobs();
        var (expected, parameters) = Trainings.ToTheEnd(Options(blobs));
        var seen = new List<EpochReport>();
        byte[] checkpoint;
        using (var stop = new CancellationTokenSource())
        {
            var options = Options(blobs);
            using var first = new Trainer(options with { Schedule = StoppingSchedule.Around(options.Schedule, at, stop) });
            while (first.TrainEpoch(stop.Token) is EpochResult.Finished finished)
            {
                seen.Add(finished.Report);
            }
            checkpoint = first.SaveCheckpoint();
        }
        using var second = new Trainer(Options(blobs) with { Checkpoint = checkpoint });
        var (rest, resumed) = Trainings.ToTheEnd(second, Trainings.Epochs);
        foreach (var (a, b) in expected.Zip(seen.Concat(rest)))
        {
            Trainings.AssertSameBits(a, b);
        }
        Assert.Equal(parameters, resumed);
    }

    [Fact]
    public void Validation_WithAugmentation_SeesImagesAsTheyAre()
    {
        using var blobs = new Blobs();

        // At a rate of almost 0 nothing is learned: what differs is what was seen.
        using var plain = new Trainer(Trainings.Options(blobs, "sgd", 1e-30));
        using var moved = new Trainer(Trainings.Options(blobs, "sgd", 1e-30) with { Augmentation = How });
        var (a, b) = (Report(plain), Report(moved));
        Assert.Equal(a["val_loss"], b["val_loss"]);
        Assert.NotEqual(a["train_loss"], b["train_loss"]);

        // The next epoch moves them otherwise.
        Assert.NotEqual(b["train_loss"], Report(moved)["train_loss"], 1e-4);

        static IReadOnlyDictionary<string, double> Report(Trainer trainer) =>
            Assert.IsType<EpochResult.Finished>(trainer.TrainEpoch(CancellationToken.None)).Report.Metrics;
    }

    [Fact]
    public void Seed_Another_MovesImagesOtherwise()
    {
        using var blobs = new Blobs();
        Assert.NotEqual(
            Trainings.ToTheEnd(Options(blobs)).Reports[0].Metrics["train_loss"],
            Trainings.ToTheEnd(Options(blobs) with { Seed = 18 }).Reports[0].Metrics["train_loss"]);
    }

    [Fact]
    public void Rows_ThatAreNoSuchImages_AreRefused()
    {
        using var blobs = new Blobs();
        var error = Assert.Throws<TrainingException>(() => new Trainer(Options(blobs) with { Augmentation = How with { Width = 9 } }));
        Assert.Equal("augmentation: rows of 40 features are no images of 1 by 5 by 9", error.Message);
    }

    private static TrainerOptions Options(Blobs blobs) => Trainings.Options(blobs) with { Augmentation = How };
}
