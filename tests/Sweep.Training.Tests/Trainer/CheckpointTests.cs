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
        bytes[4] = 99;
        Refused("version 99", Trainings.Options(blobs) with { Checkpoint = bytes });
    }

    [Fact]
    public void Checkpoint_OfTheVersionBefore_ContinuesToTheSameBits()
    {
        using var blobs = new Blobs();
        var options = Trainings.Options(blobs);
        var (expected, parameters) = Trainings.ToTheEnd(options);
        using var trainer = new Trainer(options with { Checkpoint = OfVersion2(Saved(blobs)) });
        var (reports, resumed) = Trainings.ToTheEnd(trainer, Trainings.Epochs);
        Assert.Equal(Trainings.Epochs - 1, reports.Count);
        Trainings.AssertSameBits(expected[^1], reports[^1]);
        Assert.Equal(parameters, resumed);
    }

    // Version 2 had the untrained and the smoothed loss before the learning rate.
    private static byte[] OfVersion2(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        reader.ReadInt64();
        reader.ReadString();
        var losses = (int)reader.BaseStream.Position + sizeof(int) + sizeof(long) + sizeof(double) + (2 * sizeof(long)) + (3 * sizeof(double)) + sizeof(int);
        byte[] old = [.. bytes[..losses], .. BitConverter.GetBytes(1.4), .. BitConverter.GetBytes(1.1), .. bytes[losses..]];
        old[4] = 2;
        return old;
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
