using Sweep.Search.Settings;

namespace Sweep.Training.Schedules.Curves;

/// <summary>η_t = η0 · e^(−k t) (TensorFlow natural_exp_decay).</summary>
internal sealed class NaturalExponentialCurve(CurveSpan span, double decay) : Curve
{
    public static ScheduleDefinition Definition { get; } = new(
        "natural_exponential",
        "Falls by e in each 1 / k.",
        [Setting.Range("decay", 0.1, 0, double.PositiveInfinity, "k, the fall per unit")],
        (values, span) => new NaturalExponentialCurve(span, values.Number("decay")));

    public override double At(long step) => span.LearningRate * Math.Exp(-decay * span.TimeAt(step));
}
