using System.Text.Json;
using Sweep.Torch;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;
using Sweep.Training.Tests.Support;
using static Sweep.Training.Tests.Schedules.ScheduleMaker;

namespace Sweep.Training.Tests.Schedules;

public sealed class GradientScheduleTests
{
    private static readonly JsonElement Reference =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "reference", "hypergradient.json"))).RootElement;

    public static TheoryData<int, string, bool> Cases()
    {
        var cases = new TheoryData<int, string, bool>();
        var i = 0;
        foreach (var c in Reference.GetProperty("cases").EnumerateArray())
        {
            var name = $"{c.GetProperty("optimizer").GetString()} {c.GetProperty("form").GetString()}";
            cases.Add(i, name, false);
            cases.Add(i++, name, true);
        }

        return cases;
    }

    /// <summary>Against tests/reference/hypergradient.py: the paper's general form, with the optimizer's own step, in float64.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Hypergradient_WithAnOptimizersOwnStep_FollowsThePaper(int number, string what, bool stepFollows)
    {
        using var scope = torch.NewDisposeScope();
        var expected = Reference.GetProperty("cases")[number];
        var (curvature, center) = (torch.tensor(Numbers(Reference, "curvature")), torch.tensor(Numbers(Reference, "center")));
        var definition = OptimizerRegistry.Get(expected.GetProperty("optimizer").GetString()!);
        var theta = torch.tensor(new double[6]).requires_grad_();
        using var flat = FlatParameters.Of([theta]);
        using var optimizer = definition.Create(flat, Values.Of(definition.Settings));
        optimizer.WatchChanges();
        var schedule = Assert.IsType<IGradientWatchingSchedule>(
            Make("hypergradient", Context(expected.GetProperty("rate").GetDouble(), 1, 60), ("form", expected.GetProperty("form").GetString()), ("beta", expected.GetProperty("beta").GetDouble())), exactMatch: false);
        var rates = Numbers(expected, "rates");
        for (var step = 0; step < rates.Length; step++)
        {
            optimizer.zero_grad();
            ((curvature * (theta - center).square()).sum() * 0.5).backward();
            schedule.ObserveGradient(new GradientObservation(step, 1, optimizer.Statistics(stepFollows: stepFollows)));
            optimizer.LearningRate = schedule.RateAt(step);
            AssertClose(rates[step], optimizer.LearningRate, $"{what}, step {step}", 1e-9);
            optimizer.step();
        }

        var difference = (theta.detach() - torch.tensor(Numbers(expected, "theta"))).abs().max().item<double>();
        Assert.True(difference < 1e-9, $"{what}: off by {difference}");
        Assert.True(rates.Max() > 1.05 * rates[0]);
    }

    [Fact]
    public void Hypergradient_Multiplicative_IsTheFormula()
    {
        var schedule = Gradients("hypergradient", ("beta", 0.1), ("form", "multiplicative"));
        Observe(schedule, 0, norm: 2, alignment: 0, step: 0);
        Assert.Equal(0.1, schedule.RateAt(0));
        Observe(schedule, 1, norm: 2, alignment: 3, step: 3);
        AssertClose(0.1 * 1.05, schedule.RateAt(1), "half aligned");
        Observe(schedule, 2, norm: 2, alignment: -6, step: 3);
        AssertClose(0.1 * 1.05 * 0.9, schedule.RateAt(2), "turned back");
    }

    [Fact]
    public void Hypergradient_Always_StaysWithinItsFactors()
    {
        var schedule = Gradients("hypergradient", ("form", "additive"), ("beta", 1.0), ("min_factor", 0.5), ("max_factor", 4.0));
        Observe(schedule, 0, 1, 1000, 1);
        AssertClose(0.4, schedule.RateAt(0), "highest");
        Observe(schedule, 1, 1, -1000, 1);
        AssertClose(0.05, schedule.RateAt(1), "lowest");
        Observe(schedule, 2, 1, double.NaN, 1);
        AssertClose(0.05, schedule.RateAt(2), "no number changes nothing");
    }

    [Fact]
    public void GradientNorm_OfAFallingNorm_IsTheFormula()
    {
        var schedule = Gradients("gradient_norm", ("decay", 0.5), ("power", 2.0), ("high", 3.0));
        Observe(schedule, 0, 4, 0, 0);
        AssertClose(0.1, schedule.RateAt(0), "ḡ_0 / ḡ_0");
        Observe(schedule, 1, 2, 0, 0);
        AssertClose(0.1 * Math.Pow(4 / 3.0, 2), schedule.RateAt(1), "mean 3");
        Observe(schedule, 2, 0, 0, 0);
        AssertClose(0.3, schedule.RateAt(2), "high");
        Observe(schedule, 3, 1e6, 0, 0);
        AssertClose(0.01, schedule.RateAt(3), "low");
    }

    [Theory]
    [InlineData("hypergradient")]
    [InlineData("gradient_norm")]
    public void Schedule_DuringItsWarmup_DoesNotMove(string name)
    {
        var schedule = Assert.IsType<IGradientWatchingSchedule>(Make(name, Context(0.1, 4, 10), ("warmup_epochs", 1.0), ("warmup_start_factor", 0.0)), exactMatch: false);
        for (var step = 0; step < 10; step++)
        {
            Observe(schedule, step, 1 + step, 0.5, 1);
            AssertClose(0.01 * step, schedule.RateAt(step), $"step {step}");
        }

        Observe(schedule, 10, 5, 2, 1);
        AssertClose(name == "hypergradient" ? 0.1 * (1 + (0.02 * 0.4)) : 0.1, schedule.RateAt(10), "after");
    }

    [Theory]
    [InlineData("hypergradient")]
    [InlineData("gradient_norm")]
    public void Schedule_BytesOfNoState_AreRefused(string name) =>
        Assert.StartsWith($"schedule {name}: a saved state of 3 bytes", Assert.Throws<TrainingException>(() => Gradients(name).RestoreState(new byte[3])).Message);

    private static IGradientWatchingSchedule Gradients(string name, params (string, object?)[] settings) =>
        Assert.IsType<IGradientWatchingSchedule>(Make(name, Context(0.1, 10, 10), settings), exactMatch: false);

    private static void Observe(IGradientWatchingSchedule schedule, long at, double norm, double alignment, double step) =>
        schedule.ObserveGradient(new GradientObservation(at, 1, new GradientStatistics(norm, alignment, step)));

    private static double[] Numbers(JsonElement from, string name) => [.. from.GetProperty(name).EnumerateArray().Select(x => x.GetDouble())];
}
