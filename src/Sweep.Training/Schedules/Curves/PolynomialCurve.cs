using Sweep.Search.Settings;

namespace Sweep.Training.Schedules.Curves;

/// <summary>η_t = η_end + (η0 − η_end)(1 − t / T)^β (PyTorch PolynomialLR, whose end is 0; TensorFlow polynomial_decay).</summary>
/// <remarks>Often mislabelled exponential decay.</remarks>
internal sealed class PolynomialCurve(CurveSpan span, double power, double endFactor) : Curve
{
    public static ScheduleDefinition Definition { get; } = new(
        "polynomial",
        "Falls to an end value as a power of the time left.",
        [
            Setting.Range("power", 1, 0, double.PositiveInfinity, "β; 1 is a straight line") with { MinimumExclusive = true },
            Setting.Factor("end_factor", 0, "η_end as a multiple of lr"),
        ],
        (values, span) => new PolynomialCurve(span, values.Number("power"), values.Number("end_factor")));

    public override double At(long step)
    {
        var end = span.LearningRate * endFactor;
        return end + ((span.LearningRate - end) * Math.Pow(1 - (span.TimeAt(step) / span.Duration), power));
    }
}
