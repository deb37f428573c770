using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

public sealed class DivergenceTests
{
    [Theory]
    [InlineData("sgd", 1e30)]
    [InlineData("adam", 1e20)]
    public void Training_WhoseLossIsNoNumber_HasDiverged(string optimizer, double rate)
    {
        using var blobs = new Blobs();
        var diverged = Diverge(Trainings.Options(blobs, optimizer, rate) with { DivergenceFactor = double.PositiveInfinity });
        Assert.True(diverged.Step < 40);
        Assert.False(double.IsFinite(diverged.Loss));
        Assert.Equal(rate / (1 + (0.01 * diverged.Step)), diverged.LearningRate, rate * 1e-12);
        Assert.Contains(double.IsNaN(diverged.Loss) ? "not a number" : "infinite", diverged.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_FarAboveTheUntrainedLoss_HasDiverged()
    {
        using var blobs = new Blobs();
        var diverged = Diverge(Trainings.Options(blobs, "adam", 3));
        Assert.True(double.IsFinite(diverged.Loss));
        Assert.Equal(1, diverged.Epoch);
        Assert.Contains("above 3 times the untrained network's 1.", diverged.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_AfterDivergence_IsRefused()
    {
        using var blobs = new Blobs();
        using var trainer = new Trainer(Trainings.Options(blobs, "adam", 3));
        Assert.IsType<EpochResult.Diverged>(trainer.TrainEpoch(CancellationToken.None));
        Assert.Throws<InvalidOperationException>(() => trainer.TrainEpoch(CancellationToken.None));
    }

    [Fact]
    public void Watch_OneBadStepOfAHealthyTraining_DoesNotCount()
    {
        var watch = new DivergenceWatch(3);
        watch.Start(2.3);
        for (var i = 0; i < 30; i++)
        {
            Assert.Null(watch.Observe(0.5));
        }
        Assert.Null(watch.Observe(40));
        Assert.Null(watch.Observe(0.5));
    }

    [Fact]
    public void Watch_LossesThatStayHigh_CountWithinAFewSteps()
    {
        var watch = new DivergenceWatch(3);
        watch.Start(2.3);
        var steps = 0;
        while (watch.Observe(12) is null)
        {
            steps++;
        }
        Assert.InRange(steps, 1, 10);
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
