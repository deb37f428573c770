using Sweep.Torch;
using Sweep.Training.Optimizers;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

/// <summary>Numbers to predict.</summary>
public sealed class RegressionTests
{
    // Prices between about 100,000 and 800,000: the unit of the targets must not matter to the usual rates.
    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("adam")]
    [InlineData("adagrad")]
    [InlineData("rmsprop")]
    public void Training_OfHousePrices_FindsThemAtTheUsualRate(string optimizer)
    {
        using var plane = new Plane(unit: 100_000, offset: 450_000);
        var definition = OptimizerRegistry.Get(optimizer);
        var last = Trainings.ToTheEnd(plane.Options("mlp", definition.DefaultRate) with
        {
            Optimizer = definition,
            OptimizerSettings = Values.Of(definition.Settings),
        }).Reports[^1].Metrics;

        Assert.InRange(last["val_r2"], 0.9, 1);
        Assert.InRange(last["val_rmse"], 5_000, 32_000);
        Assert.InRange(last["val_mae"], 4_000, last["val_rmse"]);
        Assert.Equal(last["val_loss"], Math.Pow(last["val_rmse"] / plane.Scale.Deviation, 2), 1e-9);
    }

    [Fact]
    public void Loss_OfPredictingTheMeanOfTheTrainingRows_IsOne()
    {
        using var plane = new Plane(unit: 100_000, offset: 450_000);
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        using var module = torch.nn.Sequential(torch.nn.Linear(plane.Source.Features, 1, generator));
        using var network = Network.Compile(module, plane.Source, new NetworkOptions { Loss = LossKind.MeanSquares });
        using (torch.no_grad())
        {
            network.Parameters.Values.copy_(torch.zeros(network.Parameters.Values.shape));
        }

        Assert.Equal(1, network.Evaluate(plane.Options().Train).LossSum / 400, 1e-6);
    }

    [Fact]
    public void Weights_ThatAreExported_PredictInTheUnitOfTheTargets()
    {
        using var plane = new Plane(unit: 100_000, offset: 450_000);
        var options = plane.Options();
        using var trainer = new Trainer(options);
        var metrics = Trainings.ToTheEnd(trainer, options.Epochs).Reports[^1].Metrics;
        var (weight, bias) = (trainer.EvaluationWeights()[0], trainer.EvaluationWeights()[1]);

        Assert.Equal(("0.weight", "0.bias"), (weight.Name, bias.Name));
        var squares = options.Validation.Select(row => Math.Pow(plane.Targets[row] - bias.Values[0] - plane.Row(row).ToArray().Zip(weight.Values, (x, w) => (double)x * w).Sum(), 2));
        Assert.Equal(metrics["val_rmse"], Math.Sqrt(squares.Average()), 1);
    }

    [Fact]
    public void Checkpoint_OfATrainingWithAnotherScale_IsRefused()
    {
        using var plane = new Plane();
        using var trainer = new Trainer(plane.Options() with { TargetScale = null });
        var checkpoint = trainer.SaveCheckpoint();

        Assert.Contains("of another training", Assert.Throws<TrainingException>(() => new Trainer(plane.Options() with { Checkpoint = checkpoint })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_OfAPlane_FindsItDownToTheNoise()
    {
        using var plane = new Plane();
        var (reports, _) = Trainings.ToTheEnd(plane.Options());
        var last = reports[^1].Metrics;

        // The noise's deviation is 0.1 of targets with variance 1.01; five deviations of a mean square over 100 rows are 0.7 of it.
        Assert.InRange(last["val_rmse"], Plane.Noise * 0.5, Plane.Noise * 1.4);
        Assert.InRange(last["val_r2"], 0.97, 1);
        Assert.Equal(last["val_loss"], Math.Pow(last["val_rmse"] / plane.Scale.Deviation, 2), 1e-12);
        Assert.True(last["val_mae"] < last["val_rmse"]);
        Assert.DoesNotContain("val_accuracy", last.Keys);
    }

    [Fact]
    public void Training_InterruptedAndResumed_HasTheSameBits()
    {
        using var plane = new Plane();
        var options = plane.Options("mlp") with { Epochs = 3 };
        var (expected, parameters) = Trainings.ToTheEnd(options);
        using var stop = new CancellationTokenSource();
        using var first = new Trainer(options with { Schedule = StoppingSchedule.Around(options.Schedule, 18, stop) });
        Assert.IsType<EpochResult.Finished>(first.TrainEpoch(stop.Token));
        Assert.IsType<EpochResult.Stopped>(first.TrainEpoch(stop.Token));
        using var second = new Trainer(options with { Checkpoint = first.SaveCheckpoint() });
        var (reports, resumed) = Trainings.ToTheEnd(second, 3);
        Trainings.AssertSameBits(expected[1], reports[0]);
        Trainings.AssertSameBits(expected[2], reports[1]);
        Assert.Equal(parameters, resumed);
    }

    [Fact]
    public void Evaluate_OnAnotherSet_HasTheMetricsOfNumbers()
    {
        using var plane = new Plane();
        using var trainer = new Trainer(plane.Options());
        Assert.Equal(["loss", "mae", "rmse", "r2"], trainer.Evaluate(plane.Source).Keys);
    }

    [Fact]
    public void Loss_OfClasses_IsRefused()
    {
        using var plane = new Plane();
        var error = Assert.Throws<TrainingException>(() => new Trainer(plane.Options() with { Loss = LossKind.CrossEntropy }));
        Assert.StartsWith("task.loss:", error.Message, StringComparison.Ordinal);
    }
}
