using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Training.Schedules.Curves;

/// <summary>Linear up over W, η0 until T − D, then down to f η0: the trapezoid (Zhai et al. 2022; WSD: Hu et al. 2024, section 4; 1 − √: Hägele et al. 2024).</summary>
internal sealed class WarmupStableDecayCurve(CurveSpan span, Rational warmup, Rational decay, double endFactor, bool squareRoot) : Curve
{
    private readonly double _warmup = warmup.ToDouble();
    private readonly double _decay = decay.ToDouble();
    private readonly long _rampEnd = span.StepAt(warmup);
    private readonly long _decayBegin = span.StepAt(span.Length - decay);

    public static ScheduleDefinition Definition { get; } = new(
        "warmup_stable_decay",
        "Up, level, down: the trapezoid.",
        [
            new Setting("warmup", SettingKind.Number, "W, the length of the way up; T / 10 when left out") { Minimum = 0 },
            new Setting("decay_length", SettingKind.Number, "D, the length of the way down; T / 5 when left out; W + D not above T") { Minimum = 0 },
            Setting.Choice("decay_shape", ["linear", "sqrt"], "The way down over x from 0 to 1: 1 − x, or 1 − √x"),
            Setting.Factor("end_factor", 0, "f, the multiple of lr at T"),
        ],
        Create);

    public override double At(long step)
    {
        if (step < _rampEnd)
        {
            return span.LearningRate * (span.TimeAt(step) / _warmup);
        }

        var since = step < _decayBegin ? 0 : span.Since(span.Length - decay, step);
        if (since == 0)
        {
            return span.LearningRate;
        }

        var progress = Math.Min(1, since / _decay);
        return span.LearningRate * (endFactor + ((1 - endFactor) * (1 - (squareRoot ? Math.Sqrt(progress) : progress))));
    }

    public override long RampEnd(long step) => _rampEnd;

    private static WarmupStableDecayCurve Create(SettingValues values, CurveSpan span)
    {
        var warmup = values.ExactOrNull("warmup") ?? (span.Length / 10);
        var decay = values.ExactOrNull("decay_length") ?? (span.Length / 5);
        return warmup + decay <= span.Length
            ? new WarmupStableDecayCurve(span, warmup, decay, values.Number("end_factor"), values.Text("decay_shape") == "sqrt")
            : throw new TrainingException($"warmup {warmup} and decay_length {decay} are together above T, {span.Length}");
    }
}
