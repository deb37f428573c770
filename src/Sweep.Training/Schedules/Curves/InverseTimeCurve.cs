using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Training.Schedules.Curves;

/// <summary>η_t = η0 / (1 + δ t / every) (TensorFlow inverse_time_decay; Robbins &amp; Monro 1951).</summary>
internal sealed class InverseTimeCurve(CurveSpan span, double decay, Rational every, bool staircase) : Curve
{
    public static ScheduleDefinition Definition { get; } = new(
        "inverse_time",
        "Falls as one over time; three different curves go by this name.",
        [
            Setting.Range("decay", 0.5, 0, double.PositiveInfinity, "δ, the fall per `every`"),
            Setting.Length("every", 1, "The length that δ refers to"),
            Setting.Flag("staircase", false, "Whether the rate stays constant within each `every`; the recursive forms always do"),
            Setting.Choice("recursive", ["false", "true", "period"], "The form: false, of time; true, the current rate divided by 1 + δ t at each t; period, divided by the constant 1 + δ T"),
        ],
        Create);

    private readonly double _every = every.ToDouble();

    public override double At(long step) =>
        span.LearningRate / (1 + (decay * (staircase ? span.Periods(step, every) : span.TimeAt(step) / _every)));

    private static Curve Create(SettingValues values, CurveSpan span)
    {
        var (decay, every) = (values.Number("decay"), values.Exact("every"));
        return values.Text("recursive") switch
        {
            "true" => new RecursiveInverseTimeCurve(span, decay, every),
            "period" => new ExponentialCurve(span, 1 / (1 + (decay * span.Duration / every.ToDouble())), every, staircase: true, maxDrops: double.PositiveInfinity),
            _ => new InverseTimeCurve(span, decay, every, values.Boolean("staircase")),
        };
    }
}
