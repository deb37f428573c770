using System.Runtime.InteropServices;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

/// <summary>Trainings as on another device, by libtorch's operations on a copy of the weights: here the processor plays that device.</summary>
public sealed class DeviceTests
{
    private const string Other = "cpu:0";

    public static TheoryData<string> Optimizers() => [.. Training.Optimizers.OptimizerRegistry.All.Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Training_OnAnotherDevice_IsTheCompiledOneUpToRounding(string optimizer)
    {
        using var blobs = new Blobs();
        var options = Trainings.Options(blobs, optimizer) with { Epochs = 1 };
        var (compiled, expected) = Trainings.ToTheEnd(options);
        var (mirrored, actual) = Trainings.ToTheEnd(options with { Device = Other });
        Assert.Equal(compiled[0].Metrics["val_loss"], mirrored[0].Metrics["val_loss"], 2e-3);
        // Rules that divide by a gradient's size turn the last bit of a gradient near 0 into a whole step: most weights agree.
        var pairs = Floats(expected).Zip(Floats(actual)).Select(p => Math.Abs(p.First - p.Second)).Order().ToArray();
        Assert.InRange(pairs[pairs.Length * 9 / 10], 0, 1e-3f);
    }

    [Fact]
    public void Training_OnAnotherDevice_HasAveragesLimitsAndBatchStatistics()
    {
        using var blobs = new Blobs();
        var options = Trainings.Options(blobs, "sgd", 0.1);
        options = options with
        {
            Averaging = 0.9,
            MaxNorm = 1.2,
            ModelSettings = Values.Of(options.Model.Settings, ("hidden", new List<long> { 24, 12 }), ("batch_norm", true), ("dropout", 0.1)),
        };
        var (compiled, expected) = Trainings.ToTheEnd(options);
        var (mirrored, actual) = Trainings.ToTheEnd(options with { Device = Other });
        Assert.All(compiled.Zip(mirrored), pair => Assert.Equal(pair.First.Metrics["val_loss"], pair.Second.Metrics["val_loss"], 1e-3));
        Assert.All(Floats(expected).Zip(Floats(actual)), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));

        using var first = new Trainer(options with { Device = Other });
        first.TrainEpoch(CancellationToken.None);
        var (_, resumed) = Trainings.ToTheEnd(options with { Device = Other, Checkpoint = first.SaveCheckpoint() });
        Assert.Equal(actual, resumed);
        using var test = new Blobs(90, seed: 5);
        Assert.Equal(first.Evaluate(test.Source), first.Evaluate(test.Source));
        Assert.Contains("another training", Assert.Throws<TrainingException>(() => new Trainer(options with { Checkpoint = first.SaveCheckpoint() })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_OnADeviceThatIsMissing_IsRefused()
    {
        using var blobs = new Blobs();
        var thrown = Assert.Throws<TrainingException>(() => new Trainer(Trainings.Options(blobs) with { Device = "cuda:99" }));
        Assert.StartsWith("task.device: cuda:99 is not available: ", thrown.Message, StringComparison.Ordinal);
    }

    private static float[] Floats(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();
}
