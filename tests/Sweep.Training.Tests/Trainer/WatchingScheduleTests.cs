using Sweep.Training.Schedules;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

public sealed class WatchingScheduleTests
{
    [Fact]
    public void Schedule_ThatWatchesEpochs_SeesEachOnceAndGoesOnFromACheckpoint()
    {
        using var blobs = new Blobs();
        var (reports, parameters) = Trainings.ToTheEnd(Trainings.Options(blobs) with { Schedule = new LossFollower() });
        Assert.Equal(reports[0].Metrics["val_loss"] / 100, reports[1].LearningRate);

        using var first = new Trainer(Trainings.Options(blobs) with { Schedule = new LossFollower() });
        first.TrainEpoch(CancellationToken.None);
        first.TrainEpoch(CancellationToken.None);
        var (_, resumed) = Trainings.ToTheEnd(Trainings.Options(blobs) with { Schedule = new LossFollower(), Checkpoint = first.SaveCheckpoint() });
        Assert.Equal(parameters, resumed);
    }

    [Fact]
    public void Schedule_WithMomentum_SetsTheOptimizers()
    {
        using var blobs = new Blobs();
        var (_, plain) = Trainings.ToTheEnd(Trainings.Options(blobs, "momentum"));
        var (_, moved) = Trainings.ToTheEnd(Trainings.Options(blobs, "momentum") with { Schedule = new MomentumOf(0.5) });
        var options = Trainings.Options(blobs, "momentum");
        var (_, set) = Trainings.ToTheEnd(options with { Schedule = new MomentumOf(null), OptimizerSettings = Values.Of(options.Optimizer.Settings, ("momentum", 0.5)) });
        Assert.NotEqual(plain, moved);
        Assert.Equal(set, moved);
    }

    [Fact]
    public void Schedule_ThatLearns_ReportsTheSameWhereverItWasInterrupted()
    {
        using var blobs = new Blobs();
        TrainerOptions Options() => Trainings.Options(blobs) with { Schedule = Learned(blobs) };
        var (reports, _) = Trainings.ToTheEnd(Options());
        Assert.All(reports, report => Assert.False(report.Experiences.IsEmpty));
        var steps = reports[^1].Steps;
        for (var at = 1L; at < steps; at += 5)
        {
            using var stop = new CancellationTokenSource();
            var resumed = new List<EpochReport>();
            byte[] checkpoint;
            using (var first = new Trainer(Options() with { Schedule = StoppingSchedule.Around(Learned(blobs), at, stop) }))
            {
                while (first.TrainEpoch(stop.Token) is EpochResult.Finished finished)
                {
                    resumed.Add(finished.Report);
                    if (first.Epoch == Trainings.Epochs)
                    {
                        break;
                    }
                }

                checkpoint = first.SaveCheckpoint();
            }

            using var second = new Trainer(Options() with { Checkpoint = checkpoint });
            resumed.AddRange(Trainings.ToTheEnd(second, Trainings.Epochs).Reports);
            Assert.Equal(reports.Count, resumed.Count);
            Assert.All(reports.Zip(resumed), pair => Trainings.AssertSameBits(pair.First, pair.Second));
        }
    }

    private static ISchedule Learned(Blobs blobs) => ScheduleRegistry.Create(
        "learned_controller",
        Values.Of(ScheduleRegistry.Find("learned_controller").Settings),
        new ScheduleContext { LearningRate = 0.05, Epochs = Trainings.Epochs, StepsPerEpoch = TrainerOptions.CountSteps(blobs.Rows * 4 / 5, 48, false) });

    /// <summary>The rate is a hundredth of the last validation loss.</summary>
    private sealed class LossFollower : IEpochWatchingSchedule
    {
        private double _rate = 0.01;

        public string Metric => "val_loss";

        public double RateAt(long step) => _rate;

        public void ObserveEpoch(EpochObservation observation) => _rate = observation.Metrics[Metric] / 100;

        public byte[] SaveState() => BitConverter.GetBytes(_rate);

        public void RestoreState(ReadOnlySpan<byte> state) => _rate = BitConverter.ToDouble(state);
    }

    private sealed class MomentumOf(double? momentum) : IMomentumSchedule
    {
        public double RateAt(long step) => 0.05;

        public double? MomentumAt(long step) => momentum;
    }
}
