using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

public sealed class DivergenceTests
{
    [Theory]
    [InlineData("sgd", 1e30)]
    [InlineData("adam", 1e20)]
    public void Training_WhoseLossIsNotFinite_HasDiverged(string optimizer, double rate)
    {
        using var blobs = new Blobs();
        var diverged = Diverge(Trainings.Options(blobs, optimizer, rate));
        Assert.True(diverged.Step < 40);
        Assert.False(double.IsFinite(diverged.Loss));
        Assert.Equal(rate / (1 + (0.01 * diverged.Step)), diverged.LearningRate, rate * 1e-12);
        Assert.Contains(double.IsNaN(diverged.Loss) ? "not a number" : "infinite", diverged.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rmsprop", 0.3)]
    [InlineData("adagrad", 1)]
    [InlineData("adam", 1)]
    public void Training_WhoseFirstStepsAreFarAboveTheUntrainedLoss_IsTrainedToItsEnd(string optimizer, double rate)
    {
        using var blobs = new Blobs();
        var losses = new List<double>();
        var (reports, _) = Trainings.ToTheEnd(Trainings.Options(blobs, optimizer, rate) with { StepObserver = step => losses.Add(step.Loss) });

        // One step that high ended a training by the smoothed loss of earlier versions.
        Assert.True(losses.Max() > 21 * losses[0], $"the highest loss is {losses.Max()}, the first {losses[0]}");
        Assert.Equal(Trainings.Epochs, reports.Count);
    }

    [Fact]
    public void Training_WithAParameterThatIsNotFinite_HasDiverged()
    {
        using var blobs = new Blobs();
        var options = Trainings.Options(blobs, "sgd");

        // The epoch's last update makes the parameters infinite, and without validation rows no loss shows it.
        using var trainer = new Trainer(options with { Validation = [], Schedule = new InfiniteAt(options.StepsPerEpoch - 1) });
        var diverged = Assert.IsType<EpochResult.Diverged>(trainer.TrainEpoch(CancellationToken.None));
        Assert.Equal("a parameter is not finite", diverged.Reason);
        Assert.True(double.IsFinite(diverged.Loss));
    }

    [Fact]
    public void Training_AfterDivergence_IsRefused()
    {
        using var blobs = new Blobs();
        using var trainer = new Trainer(Trainings.Options(blobs, "sgd", 1e30));
        Assert.IsType<EpochResult.Diverged>(trainer.TrainEpoch(CancellationToken.None));
        Assert.Throws<InvalidOperationException>(() => trainer.TrainEpoch(CancellationToken.None));
    }

    [Fact]
    public void StepObserver_SeesEveryStepBeforeTheParametersChange()
    {
        using var blobs = new Blobs();
        var steps = new List<StepObservation>();
        var options = Trainings.Options(blobs, "gd");
        var untrained = Trainings.UntrainedLoss(options);
        var (reports, _) = Trainings.ToTheEnd(options with { StepObserver = steps.Add });
        Assert.Equal([0, 1, 2, 3], steps.Select(s => s.Step));
        Assert.All(steps, s => Assert.Equal(400, s.Rows));
        Assert.Equal(untrained, steps[0].Loss, 1e-6);
        Assert.Equal(reports.Select(r => r.Metrics["train_loss"]), steps.Select(s => s.Loss));
        Assert.Equal(reports.Select(r => r.Metrics["train_accuracy"]), steps.Select(s => s.Correct / 400.0));
    }

    private sealed class InfiniteAt(long last) : Sweep.Training.Schedules.ISchedule
    {
        public double RateAt(long step) => step == last ? double.PositiveInfinity : 1e-3;
    }

    private static EpochResult.Diverged Diverge(TrainerOptions options)
    {
        using var trainer = new Trainer(options);
        EpochResult result;
        do
        {
            result = trainer.TrainEpoch(CancellationToken.None);
        }
        while (result is EpochResult.Finished);
        return Assert.IsType<EpochResult.Diverged>(result);
    }
}
