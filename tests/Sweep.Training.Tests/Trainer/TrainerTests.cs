using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

public sealed class TrainerTests
{
    [Fact]
    public void Training_OfSeparableRows_LearnsThem()
    {
        using var blobs = new Blobs();
        var (reports, _) = Trainings.ToTheEnd(Trainings.Options(blobs, rate: 0.01));
        Assert.True(reports[^1].Metrics["val_accuracy"] > 0.9, $"accuracy {reports[^1].Metrics["val_accuracy"]}");
        Assert.True(reports[^1].Metrics["train_loss"] < reports[0].Metrics["train_loss"] / 2);
    }

    [Fact]
    public void Epoch_WithAPartialLastBatch_TrainsEveryRow()
    {
        using var blobs = new Blobs();
        var rates = new List<long>();
        using var trainer = new Trainer(Trainings.Options(blobs, atStep: rates.Add));
        var report = Assert.IsType<EpochResult.Finished>(trainer.TrainEpoch(CancellationToken.None)).Report;
        Assert.Equal((1, 9L, 400L), (report.Epoch, report.Steps, report.Samples));
        Assert.Equal(Enumerable.Range(0, 9).Select(i => (long)i), rates);
        Assert.Equal(1e-3 / 1.08, report.LearningRate, 1e-15);
    }

    [Fact]
    public void GradientDescent_OnTheFullBatch_TakesOneStepAnEpoch()
    {
        using var blobs = new Blobs();
        var options = Trainings.Options(blobs, "gd");
        using var trainer = new Trainer(options);
        var untrained = Trainings.UntrainedLoss(options);
        var first = Assert.IsType<EpochResult.Finished>(trainer.TrainEpoch(CancellationToken.None)).Report;
        Assert.Equal((1L, 400L), (first.Steps, first.Samples));
        Assert.Equal(untrained, first.Metrics["train_loss"], 1e-6);
    }

    [Fact]
    public void Progress_AfterAStop_TellsTheStep()
    {
        using var blobs = new Blobs();
        using var stop = new CancellationTokenSource();
        using var trainer = new Trainer(Trainings.Options(blobs, atStep: step => { if (step == 4) { stop.Cancel(); } }));
        Assert.Equal(new EpochResult.Stopped(0, 5), trainer.TrainEpoch(stop.Token));
        Assert.Equal((0, 5L, 9L), (trainer.Progress.Epoch, trainer.Progress.Step, trainer.Progress.StepsPerEpoch));
        Assert.Equal(1e-3 / 1.04, trainer.Progress.LearningRate, 1e-15);
        Assert.True(trainer.Progress.SamplesPerSecond > 0);
    }

    [Fact]
    public void Training_AfterTheLastEpoch_IsRefused()
    {
        using var blobs = new Blobs();
        using var trainer = new Trainer(Trainings.Options(blobs));
        Trainings.ToTheEnd(trainer, Trainings.Epochs);
        Assert.Throws<InvalidOperationException>(() => trainer.TrainEpoch(CancellationToken.None));
    }

    [Fact]
    public void Evaluate_OnTheTrainingRows_LeavesTheTrainingAlone()
    {
        using var blobs = new Blobs();
        var (_, parameters) = Trainings.ToTheEnd(Trainings.Options(blobs));
        using var trainer = new Trainer(Trainings.Options(blobs));
        using var test = new Blobs(90, seed: 5);
        trainer.TrainEpoch(CancellationToken.None);
        var metrics = trainer.Evaluate(test.Source);
        Assert.True(metrics["loss"] > 0 && metrics["accuracy"] is >= 0 and <= 1);
        Assert.Equal(parameters, Trainings.ToTheEnd(trainer, Trainings.Epochs).Parameters);
    }

    [Fact]
    public void Seed_Another_GivesAnotherTraining()
    {
        using var blobs = new Blobs();
        Assert.NotEqual(
            Trainings.ToTheEnd(Trainings.Options(blobs)).Parameters,
            Trainings.ToTheEnd(Trainings.Options(blobs) with { Seed = 18 }).Parameters);
    }

    [Fact]
    public void Validation_WithoutRows_LeavesItsMetricsOut()
    {
        using var blobs = new Blobs();
        var (reports, _) = Trainings.ToTheEnd(Trainings.Options(blobs) with { Validation = [] });
        Assert.Equal(["train_loss", "train_accuracy", "train_perplexity"], reports[0].Metrics.Keys);
    }
}
