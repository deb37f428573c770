using Sweep.Torch;
using Sweep.Training.Models;
using Sweep.Training.Randomness;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

/// <summary>Dropout, batch normalisation, averages, limits, accumulation, losses: what they do, and the same bits after a resume.</summary>
public sealed class TrainerFeatureTests
{
    private const int Features = 144;

    public static TheoryData<string> Variants() => ["dropout", "batch_norm", "ema", "max_norm", "accumulation", "mse", "smoothing", "cnn", "cnn bfloat16", "lstm", "gru", "cnn batch_norm", "resnet8", "transformer"];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Training_InterruptedAndResumed_HasTheSameBits(string variant)
    {
        if (Skip(variant))
        {
            return;
        }
        using var blobs = new Blobs(500, Features);
        var (reports, parameters) = Trainings.ToTheEnd(Options(blobs, variant));
        var steps = Options(blobs, variant).StepsPerEpoch * Trainings.Epochs;
        var stopAt = Enumerable.Range(0, 3).Select(i => (long)(Seeds.Mix((ulong)variant.Length + (ulong)i) % (ulong)steps)).ToHashSet();
        var seen = new List<EpochReport>();
        byte[]? checkpoint = null;
        byte[] resumed = [];
        while (seen.Count < Trainings.Epochs)
        {
            using var stop = new CancellationTokenSource();
            using var trainer = new Trainer(Options(blobs, variant, step => Stop(step, stopAt, stop)) with { Checkpoint = checkpoint });
            while (trainer.Epoch < Trainings.Epochs && trainer.TrainEpoch(stop.Token) is EpochResult.Finished { Report: var report })
            {
                seen.Add(report);
            }
            checkpoint = trainer.SaveCheckpoint();
            resumed = trainer.Parameters.Save();
        }

        Assert.All(reports.Zip(seen), pair => Trainings.AssertSameBits(pair.First, pair.Second));
        Assert.Equal(parameters, resumed);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Training_BesideANoisyNeighbour_HasTheSameBits(string variant)
    {
        if (Skip(variant))
        {
            return;
        }
        using var blobs = new Blobs(500, Features);
        var (reports, parameters) = Trainings.ToTheEnd(Options(blobs, variant));
        using var done = new CancellationTokenSource();
        using var running = new ManualResetEventSlim();
        var neighbour = new Thread(() =>
        {
            while (!done.IsCancellationRequested)
            {
                Trainings.ToTheEnd(Options(blobs, "cnn") with { Seed = 99, Epochs = 1 });
                running.Set();
            }
        });
        neighbour.Start();
        running.Wait();

        var (beside, same) = Trainings.ToTheEnd(Options(blobs, variant));

        done.Cancel();
        neighbour.Join();
        Assert.All(reports.Zip(beside), pair => Trainings.AssertSameBits(pair.First, pair.Second));
        Assert.Equal(parameters, same);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Training_OfEachVariant_Learns(string variant)
    {
        if (Skip(variant))
        {
            return;
        }
        using var blobs = new Blobs(500, Features);
        var (reports, _) = Trainings.ToTheEnd(Options(blobs, variant));
        Assert.True(reports[^1].Metrics["val_accuracy"] > 0.5, $"{reports[^1].Metrics["val_accuracy"]} of guessing's 0.25");
        Assert.DoesNotContain("val_top5", reports[^1].Metrics.Keys);
    }

    [Fact]
    public void Accumulation_OfEqualBatches_IsOneBatchOfTheirSize()
    {
        using var blobs = new Blobs();
        var (_, parts) = Trainings.ToTheEnd(Trainings.Options(blobs, "sgd") with { BatchSize = 20, Accumulation = 4 });
        var (_, whole) = Trainings.ToTheEnd(Trainings.Options(blobs, "sgd") with { BatchSize = 80 });
        Assert.Equal(5, (Trainings.Options(blobs) with { BatchSize = 20, Accumulation = 4 }).StepsPerEpoch);
        var (first, second) = (Floats(parts), Floats(whole));
        Assert.All(first.Zip(second), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
    }

    [Fact]
    public void MaxNorm_AfterEachStep_HoldsForEveryUnit()
    {
        using var blobs = new Blobs();
        using var trainer = new Trainer(Trainings.Options(blobs, "sgd", 0.5) with { MaxNorm = 0.7 });
        trainer.TrainEpoch(CancellationToken.None);
        var norms = trainer.Parameters.Parameters.Where(p => p.dim() > 1)
            .SelectMany(p => p.data<float>().Chunk((int)p.shape[1]).Select(row => Math.Sqrt(row.Sum(x => (double)x * x)))).ToArray();
        Assert.All(norms, n => Assert.InRange(n, 0, 0.7 + 1e-6));
        Assert.Contains(norms, n => n > 0.7 - 1e-5);
    }

    [Fact]
    public void Ema_OfOneStep_IsEvaluatedAndNotTrainedOn()
    {
        using var blobs = new Blobs();
        var options = Trainings.Options(blobs, "sgd", 0.5) with { BatchSize = 400 };
        var (plain, parameters) = Trainings.ToTheEnd(options);
        var (averaged, same) = Trainings.ToTheEnd(options with { Averaging = 0.999 });
        Assert.Equal(parameters, same);
        Assert.All(plain.Zip(averaged), pair => Assert.Equal(pair.First.Metrics["train_loss"], pair.Second.Metrics["train_loss"]));
        // Four steps at 0.999 leave the average where the training began.
        var untrained = Trainings.UntrainedLoss(options);
        Assert.InRange(averaged[^1].Metrics["val_loss"], untrained - 0.1, untrained + 0.1);
        Assert.True(plain[^1].Metrics["val_loss"] < averaged[^1].Metrics["val_loss"] - 0.01);
    }

    [Fact]
    public void Cnn_ByDefault_HasTheReferenceLayers()
    {
        var model = ModelRegistry.Get("cnn");
        using var generator = new torch.Generator(1);
        using var module = model.Build(784, 10, Values.Of(model.Settings), generator);
        Assert.Equal([32 * 9, 32, 64 * 32 * 9, 64, 128 * 9216, 128, 1280, 10], module.parameters().Select(p => p.numel()));
    }

    [Fact]
    public void Cnn_OfRowsThatAreNoImage_IsRefused()
    {
        var model = ModelRegistry.Get("cnn");
        using var generator = new torch.Generator(1);
        Assert.Contains("45 features are no square image", Assert.Throws<TrainingException>(() => model.Build(45, 10, Values.Of(model.Settings), generator)).Message, StringComparison.Ordinal);
        Assert.Contains("too small", Assert.Throws<TrainingException>(() => model.Build(25, 10, Values.Of(model.Settings, ("kernel", 5L)), generator)).Message, StringComparison.Ordinal);
        var given = Values.Of(model.Settings, ("image", new List<long> { 1, 6, 9 }));
        using var module = model.Build(54, 10, given, generator);
        Assert.Equal([32 * 9, 32, 64 * 32 * 9, 64, 128 * 64 * 2, 128, 1280, 10], module.parameters().Select(p => p.numel()));
    }

    private static float[] Floats(byte[] bytes) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    private static bool Skip(string variant) => variant.EndsWith("bfloat16", StringComparison.Ordinal) && !Network.HasBFloat16;

    private static TrainerOptions Options(Blobs blobs, string variant, Action<long>? atStep = null)
    {
        var options = Trainings.Options(blobs, "adam", variant is "lstm" or "gru" or "transformer" ? 0.01 : 0.003, atStep);
        var mlp = ModelRegistry.Get("mlp");
        var hidden = ("hidden", (object?)new List<long> { 24, 12 });
        return variant switch
        {
            "dropout" => options with { ModelSettings = Values.Of(mlp.Settings, hidden, ("dropout", 0.2)) },
            "batch_norm" => options with { ModelSettings = Values.Of(mlp.Settings, hidden, ("batch_norm", true), ("dropout", 0.1)) },
            "ema" => options with { Averaging = 0.8 },
            "max_norm" => options with { MaxNorm = 1.5 },
            "accumulation" => options with { BatchSize = 24, Accumulation = 2, ModelSettings = Values.Of(mlp.Settings, hidden, ("batch_norm", true)) },
            "mse" => options with { Loss = LossKind.MeanSquares },
            "smoothing" => options with { LabelSmoothing = 0.1 },
            "lstm" or "gru" => Of(options, variant, ("units", 24L), ("dropout", 0.1)),
            "transformer" => Of(options, variant, ("width", 16L), ("heads", 2L), ("feed_forward", 24L), ("dropout", 0.1)),
            "resnet8" => Of(options, variant, ("channels", new List<long> { 4, 8 }), ("dropout", 0.1)),
            "cnn batch_norm" => Of(options, "cnn", ("channels", new List<long> { 4, 8 }), ("dense", new List<long> { 16 }), ("batch_norm", true), ("dropout", 0.1)),
            _ => Convolutional(options) with { Precision = variant == "cnn" ? Precision.Float32 : Precision.BFloat16 },
        };
    }

    private static TrainerOptions Convolutional(TrainerOptions options)
    {
        var model = ModelRegistry.Get("cnn");
        return options with
        {
            Model = model,
            ModelSettings = Values.Of(model.Settings, ("channels", new List<long> { 8, 16 }), ("dense", new List<long> { 32 }), ("dropout", 0.1)),
        };
    }

    private static TrainerOptions Of(TrainerOptions options, string name, params (string Name, object? Value)[] settings)
    {
        var model = ModelRegistry.Get(name);
        return options with { Model = model, ModelSettings = Values.Of(model.Settings, settings) };
    }

    private static void Stop(long step, HashSet<long> stopAt, CancellationTokenSource stop)
    {
        if (stopAt.Remove(step))
        {
            stop.Cancel();
        }
    }
}
