using Sweep.Training.Settings;

namespace Sweep.Training.Schedules.Curves;

/// <summary>η_t = η0 · γ^(t / every), or γ^⌊t / every⌋ (PyTorch ExponentialLR; TensorFlow exponential_decay).</summary>
internal sealed class ExponentialCurve(double rate, double gamma, double every, bool staircase, double maxDrops) : Curve
{
    public static ScheduleDefinition Definition { get; } = new(
        "exponential",
        "Falls by the same factor in each interval, smoothly or in steps.",
        [
            Setting.Gamma("gamma", 0.95, "γ, the factor per `every`"),
            Setting.Length("every", 1, "The length in which the rate falls by γ"),
            Setting.Flag("staircase", false, "Whether the rate stays constant within each `every`"),
            new SettingDefinition("max_drops", SettingKind.Integer, "The rate falls by γ this many times, then stays; no limit when left out") { Minimum = 0 },
        ],
        (values, span) => new ExponentialCurve(
            span.LearningRate,
            values.Number("gamma"),
            values.Number("every"),
            values.Boolean("staircase"),
            values.IntegerOrNull("max_drops") ?? double.PositiveInfinity));

    public override double At(double t)
    {
        var drops = t / every;
        return rate * Math.Pow(gamma, Math.Min(staircase ? Floor(drops) : drops, maxDrops));
    }
}
