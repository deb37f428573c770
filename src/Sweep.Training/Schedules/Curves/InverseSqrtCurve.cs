using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Training.Schedules.Curves;

/// <summary>η_t = η0 · √(W / max(t, W)), linear from 0 up to W (Noam: Vaswani et al. 2017, section 5.3; T5: Raffel et al. 2020, section 3.1.2).</summary>
internal sealed class InverseSqrtCurve(CurveSpan span, Rational warmup) : Curve
{
    private readonly double _warmup = warmup.ToDouble();
    private readonly long _rampEnd = span.StepAt(warmup);

    public static ScheduleDefinition Definition { get; } = new(
        "inverse_sqrt",
        "Up in a straight line, then down as one over the root of time.",
        [Setting.Length("warmup", null, "W, the length of the way up; T / 10 when left out; not above T")],
        Create);

    public override double At(long step)
    {
        var t = span.TimeAt(step);
        return span.LearningRate * (step < _rampEnd ? t / _warmup : Math.Sqrt(_warmup / Math.Max(t, _warmup)));
    }

    public override long RampEnd(long step) => _rampEnd;

    private static InverseSqrtCurve Create(SettingValues values, CurveSpan span)
    {
        var warmup = values.ExactOrNull("warmup") ?? (span.Length / 10);
        return warmup <= span.Length
            ? new InverseSqrtCurve(span, warmup)
            : throw new TrainingException($"warmup: {warmup} is above T, {span.Length}");
    }
}
