using Sweep.Torch;
using Sweep.Training.Schedules;
using Sweep.Training.Schedules.Controller;
using static Sweep.Training.Tests.Schedules.ScheduleMaker;

namespace Sweep.Training.Tests.Schedules;

public sealed class ControllerTests
{
    private static readonly ControllerExperience[] Lessons =
        [.. Enumerable.Range(0, 60).Select(_ => new ControllerExperience(ControllerSituation.Unknown, 0, 0.3, ControllerSituation.Unknown))];

    [Fact]
    public void Policy_WithoutExperience_TurnsAsTheGradientsSay()
    {
        Assert.Equal(2, ControllerPolicy.Initial.Best(ControllerSituation.Of(alignment: 0.5, fall: 0.1, grows: false)));
        Assert.Equal(1, ControllerPolicy.Initial.Best(ControllerSituation.Unknown));
        Assert.Equal(1, ControllerPolicy.Initial.Best(ControllerSituation.Of(alignment: -0.5, fall: 0.1, grows: false)));
        Assert.Equal(0, ControllerPolicy.Initial.Best(ControllerSituation.Of(alignment: -0.05, fall: -0.1, grows: false)));
    }

    [Fact]
    public void Policy_OfGoodExperience_TakesTheActionThatMadeIt()
    {
        var policy = ControllerPolicy.Of(ControllerPolicy.Fold([], [ControllerExperience.ToBytes(Lessons)]));
        Assert.Equal(0, policy.Best(ControllerSituation.Unknown));
        Assert.Equal(2, policy.Best(ControllerSituation.Of(0.5, 0.1, false)));
    }

    [Fact]
    public void Policy_OneExperience_MovesByTheFormula()
    {
        var policy = ControllerPolicy.Initial.Learn(new ControllerExperience(ControllerSituation.Unknown, 2, 0.5, ControllerSituation.Of(0.5, 0.1, false)));
        AssertClose((0.5 + (0.5 * 0.02)) / 21, policy.Value(ControllerSituation.Unknown, 2), "(r + γ max Q′ − Q) / (n + n0)");
    }

    [Fact]
    public void Fold_InParts_IsTheFoldOfTheWhole()
    {
        ReadOnlyMemory<byte>[] reports = [.. Lessons.Chunk(7).Select(part => (ReadOnlyMemory<byte>)ControllerExperience.ToBytes(part))];
        var whole = ControllerPolicy.Fold([], reports);
        Assert.Equal(whole, ControllerPolicy.Fold(ControllerPolicy.Fold([], reports[..4]), reports[4..]));
        Assert.Equal(ControllerPolicy.Initial.ToBytes(), ControllerPolicy.Fold([], []));
    }

    [Fact]
    public void Bytes_OfNoPolicyOrExperience_AreRefused()
    {
        Assert.Throws<TrainingException>(() => ControllerPolicy.Of(new byte[5]));
        Assert.Throws<TrainingException>(() => ControllerExperience.Read(new byte[5]));
        Assert.Throws<TrainingException>(() => ControllerExperience.Read([.. Enumerable.Repeat((byte)255, 11)]));
    }

    [Fact]
    public void Schedule_WhileStepsAgree_RaisesUpToItsBound()
    {
        var schedule = Controller();
        for (var step = 0; step < 500; step++)
        {
            schedule.ObserveGradient(new GradientObservation(step, 1, new GradientStatistics(1, 0.5, 1)));
        }

        AssertClose(10, schedule.RateAt(500), "max_factor");
    }

    [Fact]
    public void Schedule_WithAPolicy_StartsFromIt()
    {
        var context = Context(0.1, 10, 100) with { Policy = ControllerPolicy.Fold([], [ControllerExperience.ToBytes(Lessons)]) };
        var schedule = Assert.IsType<IGradientWatchingSchedule>(Make("learned_controller", context), exactMatch: false);
        for (var step = 0; step < 25; step++)
        {
            schedule.ObserveGradient(new GradientObservation(step, 1, new GradientStatistics(1, 0, 1)));
        }

        AssertClose(0.05, schedule.RateAt(25), "learned to halve");
    }

    [Fact]
    public void Schedule_RestoredAtAnyStep_GoesOnWithTheSameBits()
    {
        var rates = new List<double>();
        var whole = Controller();
        for (var step = 0; step < 300; step++)
        {
            whole.ObserveGradient(Observation(step));
            rates.Add(whole.RateAt(step));
        }

        Assert.True(rates.Distinct().Count() > 3);
        for (var cut = 1; cut < 300; cut += 23)
        {
            var first = Controller();
            for (var step = 0; step < cut; step++)
            {
                first.ObserveGradient(Observation(step));
            }

            var second = Controller();
            second.RestoreState(first.SaveState());
            Assert.Equal(first.SaveState(), second.SaveState());
            for (var step = cut; step < 300; step++)
            {
                second.ObserveGradient(Observation(step));
                Assert.Equal(rates[step], second.RateAt(step));
            }

            Assert.Equal(whole.SaveState(), second.SaveState());
        }
    }

    [Fact]
    public void Experiences_AreHandedOverOnce_AndAreNoPartOfTheStateAfter()
    {
        var schedule = Assert.IsType<ILearningSchedule>(Controller(), exactMatch: false);
        for (var step = 0; step < 100; step++)
        {
            Controller(schedule).ObserveGradient(Observation(step));
        }

        // Four decisions in an epoch of 100 steps: the first has nothing before it.
        var before = schedule.SaveState().Length;
        var taken = schedule.TakeExperiences();
        Assert.Equal(3, ControllerExperience.Read(taken).Count);
        Assert.Equal(taken.Length, before - schedule.SaveState().Length);
        Assert.Empty(schedule.TakeExperiences());
    }

    [Fact]
    public void Detail_OfLongStretches_IsOneStepInFour_OfShortOnesEach()
    {
        Assert.Equal([0, 4, 8], Compared(Make("learned_controller", Context(0.1, 10, 400)), 12));
        Assert.Equal([0, 1, 2, 3], Compared(Make("learned_controller", Context(0.1, 10, 40)), 4));
        Assert.Equal([2, 3], Compared(Make("hypergradient", Context(0.1, 10, 2), ("warmup_epochs", 1.0)), 4));
        Assert.Empty(Compared(Make("gradient_norm", Context(0.1, 10, 2)), 4));
    }

    private static IEnumerable<int> Compared(ISchedule schedule, int steps) =>
        Enumerable.Range(0, steps).Where(step => ((IGradientWatchingSchedule)schedule).DetailAt(step) == GradientDetail.Comparison);

    private static IGradientWatchingSchedule Controller(ILearningSchedule schedule) => (IGradientWatchingSchedule)schedule;

    private static GradientObservation Observation(int step) => new(step, 2 + Math.Sin(step * 0.05), new GradientStatistics(1, 0.3 * Math.Cos(step * 0.021), 1));

    private static IGradientWatchingSchedule Controller() =>
        Assert.IsType<IGradientWatchingSchedule>(Make("learned_controller", Context(0.1, 10, 100)), exactMatch: false);
}
