using Sweep.Training.Schedules;
using static Sweep.Training.Tests.Schedules.ScheduleMaker;

namespace Sweep.Training.Tests.Schedules;

/// <summary>What holds for every schedule, with its defaults and with each common setting.</summary>
public class ScheduleConformanceTests
{
    private const int Epochs = 12;
    private const int StepsPerEpoch = 20;
    private const double Lr = 0.3;

    public static TheoryData<string> Names() => [.. ScheduleRegistry.All.Select(d => d.Name)];

    public static TheoryData<string> NamesSetInAdvance() => [.. ScheduleRegistry.All.Where(d => d.SetInAdvance).Select(d => d.Name)];

    public static TheoryData<string, string> NamesAndVariants()
    {
        var data = new TheoryData<string, string>();
        foreach (var definition in ScheduleRegistry.All)
        {
            foreach (var variant in (string[])["defaults", "warmup", .. definition.SetInAdvance ? new[] { "steps", "epoch", "warmup_steps_epoch" } : []])
            {
                data.Add(definition.Name, variant);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(NamesAndVariants))]
    public void Schedule_EveryStep_IsFiniteAndWithinZeroAndLr(string name, string variant)
    {
        var schedule = Variant(name, variant);

        Assert.All(Rates(schedule, 2 * Epochs * StepsPerEpoch), rate => Assert.InRange(rate, 0, Lr));
    }

    [Theory]
    [MemberData(nameof(NamesAndVariants))]
    public void Schedule_Somewhere_ReachesLr(string name, string variant) =>
        AssertClose(Lr, Rates(Variant(name, variant), Epochs * StepsPerEpoch).Max(), name, 0.02);

    [Theory]
    [MemberData(nameof(NamesAndVariants))]
    public void Schedule_AskedAgainInAnyOrder_GivesTheSameBits(string name, string variant)
    {
        var forwards = Rates(Variant(name, variant), Epochs * StepsPerEpoch);
        var schedule = Variant(name, variant);
        for (var step = forwards.Length - 1; step >= 0; step--)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(forwards[step]), BitConverter.DoubleToInt64Bits(schedule.RateAt(step)));
            Assert.Equal(schedule.RateAt(step), schedule.RateAt(step));
        }
    }

    [Theory]
    [MemberData(nameof(NamesAndVariants))]
    public void Schedule_PastTheEnd_StaysAsItWasThere(string name, string variant)
    {
        var schedule = Variant(name, variant);
        var end = schedule.RateAt(Epochs * StepsPerEpoch);

        Assert.All(new[] { 1, 7, 100, 1_000_000 }, past => Assert.Equal(end, schedule.RateAt((Epochs * StepsPerEpoch) + past)));
    }

    [Theory]
    [MemberData(nameof(NamesAndVariants))]
    public void Schedule_EveryEpoch_TrainsAtARateAboveZero(string name, string variant)
    {
        var schedule = Variant(name, variant);

        Assert.All(Rates(schedule, Epochs * StepsPerEpoch).Chunk(StepsPerEpoch), epoch => Assert.Contains(epoch, rate => rate > 0));
    }

    [Theory]
    [MemberData(nameof(NamesSetInAdvance))]
    public void Schedule_UnitSteps_IsTheSameCurveWhenItsLengthsAreDerived(string name)
    {
        // Lengths of one epoch by default are one step in the other unit: those are left out.
        if (ScheduleRegistry.Find(name).Settings.Any(s => s.Name is "every" && s.Default is not null) || name is "multiplicative" or "natural_exponential")
        {
            return;
        }

        var (epochs, steps) = (Variant(name, "defaults"), Variant(name, "steps"));

        Assert.All(Enumerable.Range(0, Epochs * StepsPerEpoch), step => AssertClose(epochs.RateAt(step), steps.RateAt(step), $"{name} {step}", 1e-9));
    }

    [Theory]
    [MemberData(nameof(NamesSetInAdvance))]
    public void Schedule_UpdateEpoch_ChangesOnlyWhenAnEpochBegins(string name)
    {
        var schedule = Make(name, Context(Lr, Epochs, StepsPerEpoch), [("update", "epoch"), .. RampOf(name)]);

        // The ramps of inverse_sqrt and warmup_stable_decay go by step: here they take the first epoch.
        for (var step = RampOf(name).Length * StepsPerEpoch; step < Epochs * StepsPerEpoch; step++)
        {
            Assert.Equal(schedule.RateAt(step - (step % StepsPerEpoch)), schedule.RateAt(step));
        }
    }

    [Theory]
    [MemberData(nameof(NamesSetInAdvance))]
    public void Schedule_AfterAWarmup_IsTheOneOfAShorterTraining(string name)
    {
        var warm = Make(name, Context(Lr, Epochs, StepsPerEpoch), ("warmup_epochs", 2.0), ("warmup_start_factor", 0.1));
        var shorter = Make(name, Context(Lr, Epochs - 2, StepsPerEpoch));

        for (var step = 0; step < 2 * StepsPerEpoch; step++)
        {
            AssertClose(Lr * (0.1 + (0.9 * step / (2 * StepsPerEpoch))), warm.RateAt(step), $"warm-up step {step}");
        }

        for (var step = 0; step < (Epochs - 2) * StepsPerEpoch; step++)
        {
            AssertClose(shorter.RateAt(step), warm.RateAt(step + (2 * StepsPerEpoch)), $"step {step}", 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Schedule_NegativeStep_IsRefused(string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Variant(name, "defaults").RateAt(-1));

    [Theory]
    [MemberData(nameof(Names))]
    public void Schedule_TrainingOfOneStep_HasARate(string name) =>
        Assert.InRange(Make(name, Context(Lr, 1, 1)).RateAt(0), 0, Lr);

    private static (string, object?)[] RampOf(string name) =>
        name is "inverse_sqrt" or "warmup_stable_decay" ? [("warmup", 1.0)] : [];

    private static ISchedule Variant(string name, string variant) => Make(name, Context(Lr, Epochs, StepsPerEpoch), variant switch
    {
        "steps" => [("unit", "steps")],
        "epoch" => [("update", "epoch")],
        "warmup" => [("warmup_epochs", 1.5), ("warmup_start_factor", 0.0)],
        "warmup_steps_epoch" => [("unit", "steps"), ("update", "epoch"), ("warmup_epochs", 2.5)],
        _ => [],
    });
}
