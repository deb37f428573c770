using Sweep.Training.Settings;

namespace Sweep.Training.Schedules.Curves;

/// <summary>SGDR: cosine from η0 to ηmin in periods T0, T0 m, T0 m² … (Loshchilov &amp; Hutter 2016, section 3; PyTorch CosineAnnealingWarmRestarts).</summary>
internal sealed class CosineRestartsCurve(double rate, double firstPeriod, double growth, double minFactor) : Curve
{
    public static ScheduleDefinition Definition { get; } = new(
        "cosine_restarts",
        "Half cosines one after another, each beginning at lr again.",
        [
            Setting.Length("first_period", null, "T0, the length of the first period; when left out, three periods fill T"),
            Setting.Range("period_factor", 1, 1, double.PositiveInfinity, "Tmult, how many times longer each period is than the one before"),
            Setting.Factor("min_factor", 0, "ηmin as a multiple of lr"),
        ],
        Create);

    public override double At(double t)
    {
        var (begin, period) = Period(t);
        return CosineCurve.Between(rate, rate * minFactor, Math.Clamp((t - begin) / period, 0, 1));
    }

    private static CosineRestartsCurve Create(SettingValues values, CurveSpan span)
    {
        var growth = values.Number("period_factor");
        var first = values.NumberOrNull("first_period") ?? (span.Length / (1 + growth + (growth * growth)));
        return new CosineRestartsCurve(span.LearningRate, first, growth, values.Number("min_factor"));
    }

    private (double Begin, double Period) Period(double t)
    {
        if (growth == 1)
        {
            return (firstPeriod * Floor(t / firstPeriod), firstPeriod);
        }

        // A logarithm rounds to the wrong side at a restart (log 243 / log 3 < 5), so Floor's tolerance decides there.
        var n = Floor(Math.Log((t / firstPeriod * (growth - 1)) + 1) / Math.Log(growth));
        var scale = Math.Pow(growth, n);
        return (firstPeriod * ((scale - 1) / (growth - 1)), firstPeriod * scale);
    }
}
