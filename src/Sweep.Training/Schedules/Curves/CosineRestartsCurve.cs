using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Training.Schedules.Curves;

/// <summary>SGDR: cosine from η0 to ηmin in periods T0, T0 m, T0 m² … (Loshchilov &amp; Hutter 2016, section 3; PyTorch CosineAnnealingWarmRestarts).</summary>
internal sealed class CosineRestartsCurve(CurveSpan span, Rational firstPeriod, Rational growth, double minFactor) : Curve
{
    // Beyond so many bits of a power its double decides: no restart can lie so near to the middle between two updates.
    private const int MaxBits = 1 << 16;

    public static ScheduleDefinition Definition { get; } = new(
        "cosine_restarts",
        "Half cosines one after another, each beginning at lr again.",
        [
            Setting.Length("first_period", null, "T0, the length of the first period; when left out, three periods fill T"),
            Setting.Range("period_factor", 1, 1, double.PositiveInfinity, "Tmult, how many times longer each period is than the one before"),
            Setting.Factor("min_factor", 0, "ηmin as a multiple of lr"),
        ],
        Create);

    public override double At(long step)
    {
        var rate = span.LearningRate;
        return CosineCurve.Between(rate, rate * minFactor, Math.Clamp(growth == 1 ? EvenPosition(step) : Position(step), 0, 1));
    }

    private static CosineRestartsCurve Create(SettingValues values, CurveSpan span)
    {
        var growth = values.Exact("period_factor");
        var first = values.ExactOrNull("first_period") ?? (span.Length / (1 + growth + (growth * growth)));
        return new CosineRestartsCurve(span, first, growth, values.Number("min_factor"));
    }

    private double EvenPosition(long step) => span.Since(firstPeriod * span.Periods(step, firstPeriod), step) / firstPeriod.ToDouble();

    /// <summary>The share of its period that has passed: period n begins at T0 (m^n − 1) / (m − 1).</summary>
    private double Position(long step)
    {
        // The restarts reached are those n with m^n below this.
        var limit = 1 + (span.Reach(step) * (growth - 1) / firstPeriod);
        var estimate = Math.Max(0, Math.Floor(Math.Log(limit.ToDouble()) / Math.Log(growth.ToDouble())));
        if (estimate * Bits(growth) > MaxBits)
        {
            var scale = Math.Pow(growth.ToDouble(), estimate);
            var first = firstPeriod.ToDouble();
            return (span.TimeAt(step) - (first * ((scale - 1) / (growth.ToDouble() - 1)))) / (first * scale);
        }

        // A logarithm rounds to the wrong side at a restart (log 243 / log 3 < 5).
        var n = (int)estimate;
        while (n > 0 && Rational.Pow(growth, n) >= limit)
        {
            n--;
        }

        while (Rational.Pow(growth, n + 1) < limit)
        {
            n++;
        }

        var power = Rational.Pow(growth, n);
        return span.Since(firstPeriod * (power - 1) / (growth - 1), step) / (firstPeriod * power).ToDouble();
    }

    private static double Bits(Rational value) => value.Numerator.GetBitLength() + value.Denominator.GetBitLength();
}
