using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Training.Schedules.Curves;

/// <summary>η_t = η0 · γ^(t / every), or γ^⌊t / every⌋ (PyTorch ExponentialLR; TensorFlow exponential_decay).</summary>
internal sealed class ExponentialCurve(CurveSpan span, double gamma, Rational every, bool staircase, double maxDrops) : Curve
{
    public static ScheduleDefinition Definition { get; } = new(
        "exponential",
        "Falls by the same factor in each interval, smoothly or in steps.",
        [
            Setting.Gamma("gamma", 0.95, "γ, the factor per `every`"),
            Setting.Length("every", 1, "The length in which the rate falls by γ"),
            Setting.Flag("staircase", false, "Whether the rate stays constant within each `every`"),
            new Setting("max_drops", SettingKind.Integer, "The rate falls by γ this many times, then stays; no limit when left out") { Minimum = 0 },
        ],
        (values, span) => new ExponentialCurve(
            span,
            values.Number("gamma"),
            values.Exact("every"),
            values.Boolean("staircase"),
            values.IntegerOrNull("max_drops") ?? double.PositiveInfinity));

    private readonly double _every = every.ToDouble();

    public override double At(long step)
    {
        var drops = staircase ? span.Periods(step, every) : span.TimeAt(step) / _every;
        return span.LearningRate * Math.Pow(gamma, Math.Min(drops, maxDrops));
    }
}
