using System.Globalization;
using System.Numerics;
using Sweep.Training.Schedules;
using static Sweep.Training.Tests.Schedules.ScheduleMaker;

namespace Sweep.Training.Tests.Schedules;

/// <summary>Boundaries of schedules: the exact sum of the lengths times the updates of a unit, rounded half up.</summary>
/// <remarks>Expected updates are computed with whole numbers: lengths are thousandths of a unit.</remarks>
public class BoundaryTests
{
    private const int Cases = 2000;
    private const int Unit = 1000;

    [Fact]
    public void Piecewise_AfterAWarmup_ChangesAtTheUpdateOfTheExactSum() => Check(random =>
    {
        var (n, w) = (random.Next(1, 25), Length(random, 0, 2));
        var boundaries = Ascending(random, random.Next(1, 5), 6 * Unit);
        var schedule = Make("piecewise", Context(1, 8, n), ("boundaries", Numbers(boundaries)), ("warmup_epochs", Number(w)), ("warmup_start_factor", 0.0));
        for (var step = 0; step < 8 * n; step++)
        {
            var stage = boundaries.Count(b => Update(w + b, n) <= step);
            var rate = step < Update(w, n) ? step / (w / (double)Unit * n) : Math.Pow(0.1, stage);
            AssertClose(rate, schedule.RateAt(step), $"n {n}, warm-up {w}, boundaries {string.Join(' ', boundaries)}, step {step}", 1e-9);
        }
    });

    [Fact]
    public void PiecewiseOfSteps_AfterAWarmupOfEpochs_ChangesAtTheUpdateOfTheExactSum() => Check(random =>
    {
        var (n, w) = (random.Next(1, 25), Length(random, 0, 2));
        var boundaries = Ascending(random, 3, 6 * n * Unit);
        var schedule = Make("piecewise", Context(1, 8, n), ("unit", "steps"), ("boundaries", Numbers(boundaries)), ("warmup_epochs", Number(w)), ("warmup_start_factor", 1.0));
        for (var step = 0; step < 8 * n; step++)
        {
            AssertClose(Math.Pow(0.1, step < Update(w, n) ? 0 : boundaries.Count(b => Update((w * n) + b, 1) <= step)), schedule.RateAt(step), $"{n} {w} {step}");
        }
    });

    [Fact]
    public void Piecewise_InsideASequence_ChangesAtTheUpdateOfTheExactSum() => Check(random =>
    {
        var (n, w) = (random.Next(1, 25), Length(random, 0, 2));
        var milestones = Ascending(random, 2, 5 * Unit);
        var boundaries = Ascending(random, 2, Unit);
        var schedule = Make(
            "sequence",
            Context(1, 8, n),
            ("schedules", new[] { "piecewise", "constant", "piecewise" }),
            ("milestones", Numbers(milestones)),
            ("factors", new[] { 1, 0.7, 0.5 }),
            ("piecewise.boundaries", Numbers(boundaries)),
            ("warmup_epochs", Number(w)),
            ("warmup_start_factor", 1.0));
        for (var step = Update(w, n); step < 8 * n; step++)
        {
            double Stage(int begin) => Math.Pow(0.1, boundaries.Count(b => Update(w + begin + b, n) <= step));
            var expected = step < Update(w + milestones[0], n) ? Stage(0) : step < Update(w + milestones[1], n) ? 0.7 : 0.5 * Stage(milestones[1]);
            AssertClose(expected, schedule.RateAt(step), $"n {n}, warm-up {w}, milestones {string.Join(' ', milestones)}, boundaries {string.Join(' ', boundaries)}, step {step}");
        }
    });

    [Theory]
    [InlineData("step")]
    [InlineData("exponential")]
    [InlineData("inverse_time")]
    [InlineData("recursive")]
    [InlineData("cosine_restarts")]
    [InlineData("cyclical")]
    public void Periods_AfterAWarmupInsideASequence_BeginAtTheUpdateOfTheExactSum(string kind) => Check(random =>
    {
        var (n, w, milestone, every) = (random.Next(1, 25), Length(random, 0, 2), Length(random, 1, 3), Length(random, 1, 3));
        var name = kind == "recursive" ? "inverse_time" : kind;
        (string, object?)[] own = kind switch
        {
            "step" => [("step.every", Number(every)), ("step.gamma", 0.5)],
            "exponential" => [("exponential.every", Number(every)), ("exponential.gamma", 0.5), ("exponential.staircase", true)],
            "inverse_time" => [("inverse_time.every", Number(every)), ("inverse_time.decay", 1.0), ("inverse_time.staircase", true)],
            "recursive" => [("inverse_time.every", Number(every)), ("inverse_time.decay", 1.0), ("inverse_time.recursive", "true")],
            "cosine_restarts" => [("cosine_restarts.first_period", Number(every))],
            _ => [("cyclical.step_size_up", Number(every)), ("cyclical.step_size_down", Number(every)), ("cyclical.base_factor", 0.0), ("cyclical.mode", "triangular2")],
        };
        var schedule = Make(
            "sequence", Context(1, 8, n), [("schedules", new[] { "constant", name }), ("milestones", Numbers([milestone])), ("warmup_epochs", Number(w)), .. own]);
        var length = kind == "cyclical" ? 2 * every : every;
        for (var step = Update(w + milestone, n); step < 8 * n; step++)
        {
            var period = Enumerable.Range(1, 100_000 / every).TakeWhile(k => Update(w + milestone + (k * length), n) <= step).Count();
            var share = Math.Max(0, (step * (double)Unit / n) - w - milestone - (period * length)) / length;
            AssertClose(
                kind switch
                {
                    "step" or "exponential" => Math.Pow(0.5, period),
                    "inverse_time" => 1.0 / (1 + period),
                    "recursive" => Enumerable.Range(1, Math.Max(0, period - 1)).Aggregate(1.0, (rate, k) => rate / (1 + k)),
                    "cosine_restarts" => 0.5 * (1 + Math.Cos(Math.PI * share)),
                    _ => Math.Pow(0.5, period) * (1 - Math.Abs(1 - (2 * share))),
                },
                schedule.RateAt(step),
                $"n {n}, warm-up {w}, milestone {milestone}, every {every}, step {step}",
                1e-9);
        }
    });

    [Fact]
    public void CosineRestarts_OfGrowingPeriods_BeginAtTheUpdateOfTheExactSum() => Check(random =>
    {
        var (n, first, tenths) = (random.Next(1, 25), Length(random, 1, 2), random.Next(11, 40));
        var schedule = Make("cosine_restarts", Context(1, 8, n), ("first_period", Number(first)), ("period_factor", tenths / 10.0));
        for (var step = 0; step < 8 * n; step++)
        {
            // A period's begin and length in thousandths of 10^-30 units, exact.
            var scale = BigInteger.Pow(10, 30);
            var (begin, length) = (BigInteger.Zero, first * scale);
            for (var k = 0; k < 28 && Update(begin + length, n, scale) <= step; k++)
            {
                begin += length;
                length = length * tenths / 10;
            }

            var share = ((double)(step * Unit * scale) / n - (double)begin) / (double)length;
            AssertClose(0.5 * (1 + Math.Cos(Math.PI * Math.Max(0, share))), schedule.RateAt(step), $"n {n}, first {first}, factor {tenths}, step {step}", 1e-6);
        }
    });

    [Fact]
    public void WarmupStableDecay_AfterAMilestone_TurnsAtTheUpdateOfTheExactSum() => Check(random =>
    {
        var (n, milestone) = (random.Next(1, 25), Length(random, 1, 3));
        var length = (8 * Unit) - milestone;
        var (up, down) = (random.Next(0, length / 2), random.Next(1, length / 2));
        var schedule = Make(
            "sequence",
            Context(1, 8, n),
            ("schedules", new[] { "constant", "warmup_stable_decay" }),
            ("milestones", Numbers([milestone])),
            ("warmup_stable_decay.warmup", Number(up)),
            ("warmup_stable_decay.decay_length", Number(down)));
        for (var step = Update(milestone, n); step < 8 * n; step++)
        {
            var t = step * (double)Unit / n;
            var rate = step < Update(milestone + up, n) ? Math.Max(0, t - milestone) / up
                : step < Update((8 * Unit) - down, n) ? 1
                : Math.Min(1, ((8 * Unit) - t) / down);
            AssertClose(rate, schedule.RateAt(step), $"n {n}, milestone {milestone}, up {up}, down {down}, step {step}", 1e-9);
        }
    });

    [Fact]
    public void InverseSqrt_AfterAWarmup_TurnsAtTheUpdateOfTheExactSum() => Check(random =>
    {
        var (n, w, up) = (random.Next(1, 25), Length(random, 0, 2), Length(random, 1, 5));
        var schedule = Make("inverse_sqrt", Context(1, 8, n), ("warmup", Number(up)), ("warmup_epochs", Number(w)));
        for (var step = Update(w, n); step < 8 * n; step++)
        {
            var t = Math.Max(0, (step * (double)Unit / n) - w);
            AssertClose(step < Update(w + up, n) ? t / up : Math.Sqrt(up / Math.Max(t, up)), schedule.RateAt(step), $"{n} {w} {up} {step}", 1e-9);
        }
    });

    [Fact]
    public void UpdateEpoch_BoundaryWithinAnEpoch_HoldsFromTheNextOne() => Check(random =>
    {
        var (n, w) = (random.Next(1, 25), Length(random, 0, 2));
        var boundaries = Ascending(random, 3, 6 * Unit);
        var schedule = Make("piecewise", Context(1, 8, n), ("update", "epoch"), ("boundaries", Numbers(boundaries)), ("warmup_epochs", Number(w)), ("warmup_start_factor", 1.0));
        for (var step = Update(w, n); step < 8 * n; step++)
        {
            var at = Math.Max(step - (step % n), Update(w, n));
            AssertClose(Math.Pow(0.1, boundaries.Count(b => Update(w + b, n) <= at)), schedule.RateAt(step), $"{n} {w} {step}");
        }
    });

    [Fact]
    public void Plateau_AfterAWarmup_ObservesTheEpochsThatEndAfterIt() => Check(random =>
    {
        var (n, w) = (random.Next(1, 25), Length(random, 0, 5));
        var schedule = Assert.IsType<IEpochWatchingSchedule>(
            Make("plateau", Context(1, 8, n), ("patience", 0L), ("warmup_epochs", Number(w)), ("warmup_start_factor", 1.0)), exactMatch: false);
        var epochs = Enumerable.Range(1, 7).Count(epoch => epoch * n > Update(w, n));
        for (var epoch = 1; epoch <= 7; epoch++)
        {
            schedule.ObserveEpoch(new EpochObservation(epoch, epoch * n, new Dictionary<string, double> { ["val_loss"] = 1 }));
        }

        AssertClose(Math.Pow(0.1, Math.Max(0, epochs - 1)), schedule.RateAt(8 * n), $"{n} {w}", 1e-9);
    });

    [Theory]
    [InlineData("cyclical", "step_size_up")]
    [InlineData("inverse_sqrt", "warmup")]
    [InlineData("warmup_stable_decay", "warmup")]
    public void Length_ThatFitsExactly_IsAllowedAndALittleMoreIsNot(string name, string setting) => Check(random =>
    {
        var (w, milestone) = (Length(random, 0, 3), Length(random, 1, 3));
        var rest = (8 * Unit) - w - milestone;
        string? ErrorOf(int length) => Error(
            "sequence",
            Context(1, 8, 10),
            [
                ("schedules", new[] { "constant", name }), ("milestones", Numbers([milestone])), ("warmup_epochs", Number(w)), ($"{name}.{setting}", Number(length)),
                .. name == "warmup_stable_decay" ? new (string, object?)[] { ("warmup_stable_decay.decay_length", 0L) } : [],
            ]);
        Assert.Null(ErrorOf(rest));
        Assert.Contains($"above T, {Number(rest).ToString(CultureInfo.InvariantCulture)}", ErrorOf(rest + 1), StringComparison.Ordinal);
    });

    [Fact]
    public void WarmupAndDecay_ThatFillTExactly_AreAllowed() => Check(random =>
    {
        var up = random.Next(1, 999);
        (string, object?)[] Settings(int down) => [("warmup", Number(up)), ("decay_length", Number(down))];
        Assert.Null(Error("warmup_stable_decay", Context(1, 1, 10), Settings(Unit - up)));
        Assert.NotNull(Error("warmup_stable_decay", Context(1, 1, 10), Settings(Unit - up + 1)));
    });

    [Fact]
    public void OneCycle_OfRandomShares_PeaksWhereTheExactPhaseEnds() => Check(random =>
    {
        var (n, thousandths) = (random.Next(1, 200), random.Next(0, 1001));
        var schedule = Make("one_cycle", Context(1, 1, n), ("pct_start", thousandths / 1000.0), ("anneal_strategy", "linear"), ("cycle_momentum", false));
        for (var step = 0; step < n; step++)
        {
            // PyTorch's phases: up to pct · n − 1, down to n − 1; in thousandths of an update.
            var (peak, end, at) = ((thousandths * n) - 1000, (n * 1000) - 1000, step * 1000);
            var rate = peak > 0 && at <= peak ? 0.04 + (0.96 * at / peak)
                : end > Math.Max(0, peak) ? 1 - ((1 - 4e-6) * (at - Math.Max(0, peak)) / (end - Math.Max(0, peak)))
                : 1;
            AssertClose(rate, schedule.RateAt(step), $"n {n}, pct {thousandths}, step {step}", 1e-9);
        }
    });

    [Fact]
    public void Rates_OfPeriodsShorterThanAnUpdate_ComeWithoutDelay()
    {
        foreach (var factor in new[] { 1.0, 1.0000001, 3.0 })
        {
            var schedule = Make("cosine_restarts", Context(1, 3, 10), ("first_period", 1e-12), ("period_factor", factor));
            Assert.All(Rates(schedule, 40), rate => Assert.InRange(rate, 0, 1));
        }
    }

    private static void Check(Action<Random> holds)
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            holds(new Random(seed));
        }
    }

    /// <summary>⌊time · n + 1/2⌋ of thousandths.</summary>
    private static int Update(int time, int n) => ((2 * time * n) + Unit) / (2 * Unit);

    private static int Update(BigInteger time, int n, BigInteger scale) => (int)(((2 * time * n) + (Unit * scale)) / (2 * Unit * scale));

    /// <summary>A length of one, two or three decimals.</summary>
    private static int Length(Random random, int from, int to)
    {
        var step = random.Next(3) switch { 0 => 100, 1 => 10, _ => 1 };
        return Math.Max(from == 0 ? 0 : 1, random.Next(from * Unit / 10 / step, to * Unit / step) * step);
    }

    private static int[] Ascending(Random random, int count, int below)
    {
        var step = random.Next(3) switch { 0 => 100, 1 => 10, _ => 1 };
        return [.. Enumerable.Range(0, 20).Select(_ => random.Next(1, below / step) * step).Distinct().Take(count).Order()];
    }

    private static double Number(int thousandths) => (double)(thousandths / 1000m);

    private static double[] Numbers(int[] thousandths) => Array.ConvertAll(thousandths, Number);
}
