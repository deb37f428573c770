using static Sweep.Training.Tests.Schedules.ScheduleMaker;

namespace Sweep.Training.Tests.Schedules;

/// <summary>Loops and formulas of popular write-ups, each run here as it is written there.</summary>
public class SpecialCaseTests
{
    [Fact]
    public void Multiplicative_Start50Factor01_CompoundsLikeAKerasSchedulerOfTheCurrentRate()
    {
        // Keras LearningRateScheduler(lambda epoch, lr: lr if epoch < 50 else lr * 0.1): lr is the current one.
        var rates = new double[60];
        var lr = 0.01;
        for (var epoch = 0; epoch < rates.Length; epoch++)
        {
            lr = epoch < 50 ? lr : lr * 0.1;
            rates[epoch] = lr;
        }

        var schedule = Make("multiplicative", Context(0.01, 60), ("factor", 0.1), ("start", 50L));

        AssertCurve(rates, schedule, "Keras loop");
        AssertClose(0.01, schedule.RateAt(49), "η_49");
        AssertClose(0.001, schedule.RateAt(50), "η_50");
        AssertClose(0.0001, schedule.RateAt(51), "η_51");
    }

    [Fact]
    public void Step_Offset9_DropsAfterEpochs0And10And20()
    {
        // for epoch in range(n): train(lr); if epoch % 10 == 0: lr *= 0.1
        var rates = new double[35];
        var lr = 0.1;
        for (var epoch = 0; epoch < rates.Length; epoch++)
        {
            rates[epoch] = lr;
            lr = epoch % 10 == 0 ? lr * 0.1 : lr;
        }

        AssertCurve(rates, Make("step", Context(epochs: 35), ("gamma", 0.1), ("every", 10.0), ("offset", 9.0)), "loop");
    }

    [Fact]
    public void Polynomial_CalledExponentialDecay_IsThePowerOfTheTimeLeft()
    {
        // "Exponential decay" of the write-up: lr * (1 - epoch / max_epoch) ** 0.9
        double[] rates = [.. Enumerable.Range(0, 20).Select(t => 0.1 * Math.Pow(1 - (t / 20.0), 0.9))];

        AssertCurve(rates, Make("polynomial", Context(epochs: 20), ("power", 0.9)), "formula");
    }

    [Fact]
    public void Exponential_TensorFlowsExample_DropsBy4PercentEvery1000Steps()
    {
        // tf.compat.v1.train.exponential_decay(0.1, global_step, 1000, 0.96, staircase=True): 0.1 * 0.96 ** (step // 1000)
        var schedule = Make("exponential", Context(0.1, 10, 600), ("unit", "steps"), ("gamma", 0.96), ("every", 1000L), ("staircase", true));

        for (var step = 0; step < 6000; step++)
        {
            AssertClose(0.1 * Math.Pow(0.96, step / 1000), schedule.RateAt(step), $"step {step}");
        }
    }

    [Fact]
    public void Exponential_MaxDrops1_DropsOnceAndStays()
    {
        // The write-up's rate is 0.01, then 0.009 from step 10,000 on, and never anything else.
        var schedule = Make("exponential", Context(0.01, 4, 10_000), ("unit", "steps"), ("gamma", 0.9), ("every", 10_000L), ("staircase", true), ("max_drops", 1L));

        Assert.Equal(0.01, schedule.RateAt(9_999));
        AssertClose(0.009, schedule.RateAt(10_000), "step 10,000");
        AssertClose(0.009, schedule.RateAt(39_999), "step 39,999");
    }

    [Fact]
    public void Constant_WriteUpThatPassesScheduleOf0_TrainsAtOneRate()
    {
        // optimizer = SGD(lr=schedule(0)): the schedule is asked once, so all it does is its first rate.
        var written = Make("exponential", Context(0.01, 5, 100), ("gamma", 0.5));
        var passed = written.RateAt(0);
        var schedule = Make("constant", Context(passed, 5, 100));

        Assert.All(Rates(schedule, 500), rate => Assert.Equal(0.01, rate));
    }

    [Fact]
    public void Cosine_PastTheEnd_StaysAtTheMinimum()
    {
        var schedule = Make("cosine", Context(epochs: 5, stepsPerEpoch: 4), ("min_factor", 0.1));

        AssertClose(0.01, schedule.RateAt(20), "T");
        Assert.All(Enumerable.Range(20, 40), step => Assert.Equal(schedule.RateAt(20), schedule.RateAt(step)));
    }

    [Theory]
    [InlineData("constant", "warmup_epochs", "warmup_start_factor")]
    [InlineData("inverse_sqrt", "warmup", null)]
    [InlineData("warmup_stable_decay", "warmup", null)]
    public void Warmup_FromZeroWithUpdatePerEpoch_GoesByStepAndTrainsNoEpochAtZero(string name, string length, string? start)
    {
        (string, object?)[] settings = [("update", "epoch"), (length, 2.0), .. start is null ? Array.Empty<(string, object?)>() : [(start, 0.0)]];
        var schedule = Make(name, Context(epochs: 10, stepsPerEpoch: 8), settings);

        for (var step = 0; step < 16; step++)
        {
            AssertClose(0.1 * step / 16, schedule.RateAt(step), $"step {step}");
        }

        Assert.Equal(0.1, schedule.RateAt(16));
    }

    [Fact]
    public void InverseTime_Recursive_DividesTheCurrentRateByOnePlusDeltaT()
    {
        var rates = new double[1000];
        var lr = 0.1;
        for (var t = 0; t < rates.Length; t++)
        {
            rates[t] = lr;
            lr /= 1 + (1e-4 * t);
        }

        Assert.Equal(rates, Rates(Make("inverse_time", Context(epochs: 1000), ("decay", 1e-4), ("recursive", true)), 1000));
    }

    [Fact]
    public void InverseTime_RecursivePeriod_DividesByTheConstantOnePlusDeltaPeriod()
    {
        double[] rates = [.. Enumerable.Range(0, 20).Select(t => 0.1 / Math.Pow(1 + (0.01 * 20), t))];

        AssertCurve(rates, Make("inverse_time", Context(epochs: 20), ("decay", 0.01), ("recursive", "period")), "closed form");
    }

    [Fact]
    public void InverseTime_ThreeForms_AreThreeCurves()
    {
        double At(string form) => Make("inverse_time", Context(epochs: 20), ("decay", 0.1), ("recursive", form)).RateAt(10);

        Assert.Equal(3, new[] { At("false"), At("true"), At("period") }.Distinct().Count());
    }

    [Fact]
    public void CosineRestarts_AtEveryRestartOfPeriods3To243_BeginsAtLrAgain()
    {
        // log(243) / log(3) is below 5 in double precision; PyTorch 1.13 misses such restarts in its closed form.
        var schedule = Make("cosine_restarts", Context(epochs: 400), ("first_period", 1.0), ("period_factor", 3.0));

        Assert.All(new[] { 0, 1, 4, 13, 40, 121, 364 }, restart => AssertClose(0.1, schedule.RateAt(restart), $"t {restart}"));
        Assert.All(new[] { 3, 12, 39, 120, 363 }, last => Assert.True(schedule.RateAt(last) < 0.04, $"t {last}"));
    }

    [Fact]
    public void InverseSqrt_Noam_IsTheFormulaScaledToItsPeak()
    {
        // Noam: d^-0.5 min(n^-0.5, n W^-1.5), whose peak is at n = W.
        double Noam(double n) => Math.Min(Math.Pow(n, -0.5), n * Math.Pow(400, -1.5));
        var schedule = Make("inverse_sqrt", Context(0.1, 10, 200), ("unit", "steps"), ("warmup", 400L));

        for (var step = 1; step < 2000; step++)
        {
            AssertClose(0.1 * Noam(step) / Noam(400), schedule.RateAt(step), $"step {step}");
        }
    }

    [Theory]
    [InlineData("linear", 0.5)]
    [InlineData("sqrt", 0.29289321881345254)]
    public void WarmupStableDecay_Trapezoid_HasItsCorners(string shape, double halfway)
    {
        var schedule = Make("warmup_stable_decay", Context(1.0, 100), ("warmup", 10L), ("decay_length", 20L), ("decay_shape", shape));

        AssertClose(0.5, schedule.RateAt(5), "half way up");
        Assert.All(Enumerable.Range(10, 71), t => Assert.Equal(1.0, schedule.RateAt(t)));
        AssertClose(halfway, schedule.RateAt(90), "half way down");
        AssertClose(0, schedule.RateAt(100), "end");
    }
}
