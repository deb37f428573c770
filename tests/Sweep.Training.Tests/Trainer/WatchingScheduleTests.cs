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
