using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

public sealed class CheckpointTests
{
    [Fact]
    public void Checkpoint_OfAnotherTraining_IsRefused()
    {
        using var blobs = new Blobs();
        var bytes = Saved(blobs);
        Refused("another training", Trainings.Options(blobs, "sgd") with { Checkpoint = bytes });
        Refused("another training", Trainings.Options(blobs) with { Checkpoint = bytes, Seed = 18 });
        Refused("another training", Trainings.Options(blobs) with { Checkpoint = bytes, BatchSize = 47 });
    }

    [Fact]
    public void Checkpoint_Damaged_IsRefused()
    {
        using var blobs = new Blobs();
        var bytes = Saved(blobs);
        Refused("cut off", Trainings.Options(blobs) with { Checkpoint = bytes[..30] });
        Refused("damaged", Trainings.Options(blobs) with { Checkpoint = bytes[..^1] });
        Refused("not one of a training", Trainings.Options(blobs) with { Checkpoint = [1, 2, 3, 4, 5] });
        bytes[4]++;
        Refused("version 3", Trainings.Options(blobs) with { Checkpoint = bytes });
    }

    private static byte[] Saved(Blobs blobs)
    {
        using var trainer = new Trainer(Trainings.Options(blobs));
        trainer.TrainEpoch(CancellationToken.None);
        return trainer.SaveCheckpoint();
    }

    private static void Refused(string message, TrainerOptions options) =>
        Assert.Contains(message, Assert.Throws<TrainingException>(() => new Trainer(options)).Message, StringComparison.Ordinal);
}
