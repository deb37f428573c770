using Sweep.Training.Schedules;
using static Sweep.Training.Tests.Schedules.ScheduleMaker;

namespace Sweep.Training.Tests.Schedules;

public class PlateauTests
{
    [Fact]
    public void Plateau_RestoredAtAnyEpoch_GoesOnWithTheSameBits()
    {
        double[] losses = [1, 0.9, 0.9, 0.91, 0.8, 0.8, 0.8, double.NaN, 0.8, 0.79, 0.79, 0.79, 0.5, 0.5, 0.5, 0.5];
        var whole = Plateau();
        var rates = losses.Select((loss, epoch) => Observe(whole, epoch, loss)).ToArray();
        Assert.True(rates.Distinct().Count() > 2);

        for (var cut = 0; cut < losses.Length; cut++)
        {
            var first = Plateau();
            for (var epoch = 0; epoch < cut; epoch++)
            {
                Observe(first, epoch, losses[epoch]);
            }

            var second = Plateau();
            second.RestoreState(first.SaveState());
            Assert.Equal(first.SaveState(), second.SaveState());
            for (var epoch = cut; epoch < losses.Length; epoch++)
            {
                Assert.Equal(rates[epoch], Observe(second, epoch, losses[epoch]));
            }
        }
    }

    [Fact]
    public void Plateau_LossOfNaN_CountsAsNoImprovement()
    {
        var schedule = Plateau();
        double[] rates = [.. Enumerable.Range(0, 4).Select(epoch => Observe(schedule, epoch, double.NaN))];

        AssertClose(0.1, rates[0], "patience 1");
        AssertClose(0.05, rates[1], "cut");
    }

    [Fact]
    public void Plateau_ObservationWithoutItsMetric_IsAnError()
    {
        var error = Assert.Throws<TrainingException>(() => Plateau().ObserveEpoch(new EpochObservation(3, 30, new Dictionary<string, double> { ["train_loss"] = 1 })));

        Assert.Equal("schedule plateau: epoch 3 has no val_loss, only train_loss", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(33)]
    public void Plateau_BytesOfNoState_AreRefused(int length) =>
        Assert.Throws<TrainingException>(() => Plateau().RestoreState(new byte[length]));

    [Fact]
    public void Plateau_EpochsWithinTheWarmup_AreNotCounted()
    {
        var schedule = Assert.IsType<IEpochWatchingSchedule>(Make("plateau", Context(epochs: 20), ("patience", 1L), ("factor", 0.5), ("warmup_epochs", 3.0)), exactMatch: false);
        double[] rates = [.. Enumerable.Range(0, 7).Select(epoch => Observe(schedule, epoch, 1))];

        AssertClose(0.1, rates[4], "epoch 5");
        AssertClose(0.05, rates[5], "epoch 6");
    }

    private static IEpochWatchingSchedule Plateau() =>
        Assert.IsType<IEpochWatchingSchedule>(Make("plateau", Context(epochs: 20), ("patience", 1L), ("factor", 0.5), ("cooldown", 1L)), exactMatch: false);

    private static double Observe(IEpochWatchingSchedule schedule, int epoch, double loss)
    {
        schedule.ObserveEpoch(new EpochObservation(epoch + 1, epoch + 1, new Dictionary<string, double> { ["val_loss"] = loss }));
        return schedule.RateAt(epoch + 1);
    }
}
