using Sweep.Search.Settings;
using Sweep.Training.Schedules;
using static Sweep.Training.Tests.Schedules.ScheduleMaker;

namespace Sweep.Training.Tests.Schedules;

public class ScheduleSettingsTests
{
    [Fact]
    public void Registry_EveryRow_IsThereByName() =>
        Assert.Equal(
            [
                "constant", "multiplicative", "inverse_time", "step", "piecewise", "exponential", "natural_exponential", "linear", "polynomial", "cosine",
                "cosine_restarts", "cyclical", "one_cycle", "inverse_sqrt", "warmup_stable_decay", "sequence", "plateau", "hypergradient", "gradient_norm", "learned_controller",
            ],
            ScheduleRegistry.All.Select(d => d.Name));

    [Fact]
    public void Registry_UnknownName_NamesTheKnownOnes()
    {
        var error = Assert.Throws<TrainingException>(() => ScheduleRegistry.Find("cosin"));

        Assert.Contains("cosin is none of constant,", error.Message);
    }

    [Fact]
    public void Settings_Defaults_LieWithinTheirRanges()
    {
        foreach (var setting in ScheduleRegistry.All.SelectMany(d => d.Settings).Where(s => s.Kind is SettingKind.Number or SettingKind.Integer && s.Default is not null))
        {
            var value = Convert.ToDouble(setting.Default);
            Assert.True(setting.MinimumExclusive ? value > setting.Minimum : value >= setting.Minimum, setting.Name);
            Assert.True(setting.MaximumExclusive ? value < setting.Maximum : value <= setting.Maximum, setting.Name);
        }
    }

    [Fact]
    public void Settings_NamesOfOneSchedule_AreUnique() =>
        Assert.All(ScheduleRegistry.All, d => Assert.Equal(d.Settings.Count, d.Settings.Select(s => s.Name).Distinct().Count()));

    public static TheoryData<string, string, object, string> BadCombinations() => new()
    {
        { "piecewise", "values", new[] { 1.0, 0.1 }, "schedule piecewise: values has 2 entries; boundaries has 2 (its default), so values needs 3" },
        { "piecewise", "values", new[] { 0.5, 0.1, 0.05 }, "schedule piecewise: values: the largest is 0.5; these are multiples of lr, the largest rate reached, so the largest must be 1" },
        { "piecewise", "boundaries", new[] { 5.0, 5.0 }, "schedule piecewise: boundaries: 5 is not above the 5 before it" },
        { "step", "offset", 4.0, "schedule step: offset: 4 is not less than every, 3.33" },
        { "cyclical", "step_size_up", 10.5, "schedule cyclical: step_size_up: 10.5 is above T, 10" },
        { "constant", "warmup_epochs", 10.0, "schedule constant: warmup_epochs: 10 is not less than task.epochs, 10" },
        { "plateau", "warmup_epochs", 11.0, "schedule plateau: warmup_epochs: 11 is not less than task.epochs, 10" },
        { "linear", "start_factor", 0.5, "schedule linear: start_factor and end_factor: the largest is 0.5; these are multiples of lr, the largest rate reached, so the largest must be 1" },
        { "cyclical", "base_momentum", 0.95, "schedule cyclical: base_momentum: 0.95 is above max_momentum, 0.9" },
        { "inverse_sqrt", "warmup", 11.0, "schedule inverse_sqrt: warmup: 11 is above T, 10" },
        { "warmup_stable_decay", "decay_length", 9.5, "schedule warmup_stable_decay: warmup 1 and decay_length 9.5 are together above T, 10" },
        { "sequence", "schedules", Array.Empty<string>(), "schedule sequence: schedules: the list is empty" },
        { "sequence", "schedules", new[] { "cosine", "sequence" }, "schedule sequence: schedules: sequence is none of constant," },
        { "sequence", "milestones", new[] { 2.0, 4.0 }, "schedule sequence: milestones has 2 entries; schedules has 2, so milestones needs 1" },
        { "sequence", "milestones", new[] { 10.0 }, "schedule sequence: milestones: 10 is not less than T, 10" },
        { "sequence", "factors", new[] { 1.0 }, "schedule sequence: factors has 1 entries; schedules has 2, so factors needs 2" },
    };

    [Theory]
    [MemberData(nameof(BadCombinations))]
    public void Settings_ThatDoNotGoTogether_AreFoundBeforeTraining(string name, string setting, object value, string message) =>
        Assert.StartsWith(message, Error(name, Context(epochs: 10, stepsPerEpoch: 5), (setting, value)));

    [Fact]
    public void Piecewise_LargestValueNeverReached_IsFoundBeforeTraining() =>
        Assert.Equal(
            "schedule piecewise: boundaries: the stage of the largest value begins at 12, which is not less than T, 10",
            Error("piecewise", Context(epochs: 10), ("boundaries", new[] { 12.0 }), ("values", new[] { 0.5, 1.0 })));

    [Fact]
    public void Piecewise_LaterStageNeverReached_IsAllowed() =>
        Assert.Null(Error("piecewise", Context(epochs: 10), ("boundaries", new[] { 5.0, 12.0 })));

    [Fact]
    public void Settings_OfASequencesMember_AreNamedAfterIt()
    {
        var error = Error("sequence", Context(epochs: 10), ("schedules", new[] { "constant", "inverse_sqrt" }), ("inverse_sqrt.warmup", 6.0));

        Assert.Equal("schedule sequence: inverse_sqrt.warmup: 6 is above T, 5 (T is the length of its stretch)", error);
    }

    [Theory]
    [InlineData(0, 1, 1, "lr: 0 is not")]
    [InlineData(double.NaN, 1, 1, "lr: NaN is not")]
    [InlineData(0.1, 0, 1, "task.epochs: 0 is not")]
    [InlineData(0.1, 1, 0, "steps per epoch: 0 is not")]
    public void Context_OutOfRange_IsRefused(double lr, int epochs, long steps, string message) =>
        Assert.StartsWith(message, Error("constant", Context(lr, epochs, steps)));

    [Fact]
    public void Sequence_Factors_ScaleTheMembers()
    {
        var schedule = Make("sequence", Context(epochs: 10), ("schedules", new[] { "constant", "constant" }), ("factors", new[] { 1.0, 0.1 }));

        Assert.Equal(0.1, schedule.RateAt(4));
        AssertClose(0.01, schedule.RateAt(5), "second member");
    }

    [Fact]
    public void Momentum_CyclesOnlyWhereItIsAskedFor()
    {
        Assert.IsType<IMomentumSchedule>(Make("cyclical", Context()), exactMatch: false);
        Assert.IsNotType<IMomentumSchedule>(Make("cyclical", Context(), ("cycle_momentum", false)), exactMatch: false);
        Assert.IsNotType<IMomentumSchedule>(Make("cosine", Context()), exactMatch: false);
    }

    [Fact]
    public void Momentum_InASequence_IsThatOfTheMembersThatHaveOne()
    {
        var schedule = Assert.IsType<IMomentumSchedule>(Make("sequence", Context(epochs: 10), ("schedules", new[] { "constant", "one_cycle" })), exactMatch: false);

        Assert.Null(schedule.MomentumAt(0));
        Assert.Equal(0.95, schedule.MomentumAt(5));
    }

    [Fact]
    public void Momentum_DuringAWarmup_IsThatOfTheCyclesStart()
    {
        var schedule = Assert.IsType<IMomentumSchedule>(Make("one_cycle", Context(epochs: 10), ("warmup_epochs", 2.0)), exactMatch: false);

        Assert.Equal([0.95, 0.95, 0.95], [schedule.MomentumAt(0), schedule.MomentumAt(1), schedule.MomentumAt(2)]);
    }
}
