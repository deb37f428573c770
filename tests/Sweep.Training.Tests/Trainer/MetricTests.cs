using System.Text.Json;
using Sweep.Torch;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

/// <summary>Metrics against numpy and PyTorch (tests/reference/metrics.py), and who has which.</summary>
public sealed class MetricTests
{
    private const int Rows = 40;
    private const int Features = 6;

    [Theory]
    [InlineData("regression", 1)]
    [InlineData("classification", 7)]
    public void Metrics_OfAFixedLayer_AreThoseOfTheReference(string kind, int outputs)
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        byte[] pixels = [.. Enumerable.Range(0, Rows * Features).Select(i => (byte)(i * 7919L % 251))];
        float[] targets = [.. Enumerable.Range(0, Rows).Select(i => ((i * 13 % 9) - 3) * 1.5f)];
        var data = torch.from_memory<byte>(pixels, Rows, Features);
        using var source = outputs == 1
            ? BatchSource.OfTargets(data, torch.from_array(targets), 1 / (255 * 0.25), -2)
            : new BatchSource(data, torch.from_array([.. Enumerable.Range(0, Rows).Select(i => i * 2 % 7)]), outputs, 1 / (255 * 0.25), -2);
        var loss = outputs == 1 ? LossKind.MeanSquares : LossKind.CrossEntropy;
        using var module = torch.nn.Sequential(torch.nn.Linear(Features, outputs, generator));
        using var network = Network.Compile(module, source, new NetworkOptions { Chunk = 16, Loss = loss });
        float[] weights = [.. Enumerable.Range(0, outputs * Features).Select(k => ((k * 31 % 17) - 8) / 20f)];
        float[] bias = [.. Enumerable.Range(0, outputs).Select(k => ((k * 5 % 3) - 1) / 4f)];
        using (torch.no_grad())
        {
            network.Parameters.Parameters[0].copy_(torch.tensor(weights, outputs, Features));
            network.Parameters.Parameters[1].copy_(torch.tensor(bias, outputs));
        }

        int[] rows = [.. Enumerable.Range(0, Rows)];
        var totalSquares = TotalSumOfSquares.Of(source.Targets.Span, rows);
        var metrics = MetricRegistry.Of(network.Evaluate(rows), Rows, source, loss, totalSquares, evaluated: true).ToList();

        using var reference = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Path("tests/reference/metrics.json")));
        var expected = reference.RootElement.GetProperty(kind).EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble());
        Assert.Equal(expected.Keys.Order(), metrics.Select(m => m.Name).Order());
        Assert.All(metrics, m => Assert.Equal(expected[m.Name], m.Value, 2e-6 * Math.Max(1, Math.Abs(expected[m.Name]))));
    }

    [Theory]
    [InlineData("val_accuracy", true, LossKind.MeanSquares, null, "val_accuracy is of classes, and set has numbers to predict")]
    [InlineData("train_perplexity", true, LossKind.MeanSquares, null, "is of classes")]
    [InlineData("val_r2", false, LossKind.CrossEntropy, null, "val_r2 is of numbers, and set has classes to predict")]
    [InlineData("val_top5", false, LossKind.CrossEntropy, 5L, "val_top5 is always 1 with 5 classes")]
    [InlineData("val_perplexity", false, LossKind.MeanSquares, null, "val_perplexity is the exponential of the cross-entropy")]
    [InlineData("epochs_to_target", false, LossKind.CrossEntropy, null, "epochs_to_target counts the epochs to task.target")]
    public void Metric_ThatATrainingLacks_SaysWhy(string metric, bool numbers, LossKind loss, long? classes, string message) =>
        Assert.Contains(message, MetricRegistry.FindError(metric, "set", numbers, loss, classes, hasTarget: false), StringComparison.Ordinal);

    [Theory]
    [InlineData("val_loss", true, LossKind.MeanSquares)]
    [InlineData("train_mae", true, LossKind.MeanSquares)]
    [InlineData("val_accuracy", false, LossKind.MeanSquares)]
    [InlineData("val_top5", false, LossKind.CrossEntropy)]
    [InlineData("seconds", true, LossKind.MeanSquares)]
    public void Metric_ThatATrainingHas_IsNoError(string metric, bool numbers, LossKind loss) =>
        Assert.Null(MetricRegistry.FindError(metric, "set", numbers, loss, 10, hasTarget: false));

    [Fact]
    public void Registry_HasExactlyWhatTrainingsReport()
    {
        using var blobs = new Blobs(classes: 6);
        using var plane = new Plane();
        var target = new TargetRule("train_loss", 0);
        var classes = Trainings.ToTheEnd(Trainings.Options(blobs) with { Target = target, ReportsSeconds = true }).Reports[0].Metrics.Keys;
        var numbers = Trainings.ToTheEnd(plane.Options() with { Target = target }).Reports[0].Metrics.Keys;
        Assert.Equal(MetricRegistry.All.Select(m => m.Name).Order(), classes.Union(numbers).Order());
    }

    [Fact]
    public void EpochsToTarget_IsTheFirstEpochThatReachesIt_AlsoWhenResumed()
    {
        using var blobs = new Blobs();
        var (plain, _) = Trainings.ToTheEnd(Trainings.Options(blobs));
        var value = plain[1].Metrics["val_loss"];
        Assert.True(value < plain[0].Metrics["val_loss"]);
        var options = Trainings.Options(blobs) with { Target = new TargetRule("val_loss", value) };
        using var first = new Trainer(options);
        Assert.True(double.IsNaN(Reached(first)));
        Assert.Equal(2, Reached(first));
        using var second = new Trainer(options with { Checkpoint = first.SaveCheckpoint() });
        Assert.Equal(2, Reached(second));

        static double Reached(Trainer trainer) =>
            Assert.IsType<EpochResult.Finished>(trainer.TrainEpoch(CancellationToken.None)).Report.Metrics["epochs_to_target"];
    }

    [Fact]
    public void Seconds_AreThoseOfAllEpochs_AlsoWhenResumed()
    {
        using var blobs = new Blobs();
        var options = Trainings.Options(blobs) with { ReportsSeconds = true, Time = new Ticking() };
        using var first = new Trainer(options);
        var one = Report(first);
        using var second = new Trainer(options with { Checkpoint = first.SaveCheckpoint() });
        var two = Report(second);
        Assert.Equal(one.Seconds, one.Metrics["seconds"]);
        Assert.True(two.Seconds > 0);
        Assert.Equal(one.Seconds + two.Seconds, two.Metrics["seconds"]);

        static EpochReport Report(Trainer trainer) => Assert.IsType<EpochResult.Finished>(trainer.TrainEpoch(CancellationToken.None)).Report;
    }

    /// <summary>A clock that goes on by a second whenever it is asked.</summary>
    private sealed class Ticking : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _now++;
    }
}
