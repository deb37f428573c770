using Sweep.Torch;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

/// <summary>Numbers to predict.</summary>
public sealed class RegressionTests
{
    [Fact]
    public void Training_OfAPlane_FindsItDownToTheNoise()
    {
        using var plane = new Plane();
        var (reports, _) = Trainings.ToTheEnd(plane.Options());
        var last = reports[^1].Metrics;

        // The noise's deviation is 0.1 of targets with variance 1.01; five deviations of a mean square over 100 rows are 0.7 of it.
        Assert.InRange(last["val_rmse"], Plane.Noise * 0.5, Plane.Noise * 1.4);
        Assert.InRange(last["val_r2"], 0.97, 1);
        Assert.Equal(last["val_loss"], last["val_rmse"] * last["val_rmse"], 1e-12);
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
