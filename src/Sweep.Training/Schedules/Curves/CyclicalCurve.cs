using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Training.Schedules.Curves;

/// <summary>Between η0 · base_factor and η0 and back, cycle after cycle (Smith 2017, section 3; PyTorch CyclicLR).</summary>
/// <remarks>The momentum goes the other way. With <c>exp_range</c> and γ below 1 the peaks lie below η0, as in PyTorch.</remarks>
internal sealed class CyclicalCurve(CurveSpan span, double baseRate, Rational up, Rational down, string mode, double gamma, MomentumRange? momentum) : Curve
{
    private readonly double _up = up.ToDouble();
    private readonly double _down = down.ToDouble();
    private readonly double _cycle = (up + down).ToDouble();

    public static ScheduleDefinition Definition { get; } = new(
        "cyclical",
        "Up and down between two rates, cycle after cycle.",
        [
            Setting.Choice("mode", ["triangular", "triangular2", "exp_range"], "The height of the cycles: the same; halved each cycle; times γ^t"),
            Setting.Factor("base_factor", 0.1, "The lower rate as a multiple of lr"),
            Setting.Length("step_size_up", null, "The length of the way up; T / 4 when left out; not above T"),
            Setting.Length("step_size_down", null, "The length of the way down; step_size_up when left out"),
            Setting.Gamma("gamma", 1, "γ of exp_range"),
            .. MomentumRange.Settings(0.8, 0.9),
        ],
        Create);

    public override bool CyclesMomentum => momentum is not null;

    public override double At(long step) => baseRate + ((span.LearningRate - baseRate) * Height(step));

    public override double? MomentumAt(long step) => momentum is { } range ? range.Max - ((range.Max - range.Base) * Height(step)) : null;

    private static CyclicalCurve Create(SettingValues values, CurveSpan span)
    {
        var up = values.ExactOrNull("step_size_up") ?? (span.Length / 4);
        if (up > span.Length)
        {
            throw new TrainingException($"step_size_up: {up} is above T, {span.Length}");
        }

        return new CyclicalCurve(
            span,
            span.LearningRate * values.Number("base_factor"),
            up,
            values.ExactOrNull("step_size_down") ?? up,
            values.Text("mode"),
            values.Number("gamma"),
            MomentumRange.Create(values));
    }

    private double Height(long step)
    {
        var cycle = span.Periods(step, up + down);
        var position = span.Since((up + down) * cycle, step);
        var triangle = Math.Clamp(position <= _up ? position / _up : (_cycle - position) / _down, 0, 1);
        return triangle * mode switch
        {
            "triangular2" => Math.Pow(0.5, cycle),
            "exp_range" => Math.Pow(gamma, span.TimeAt(step)),
            _ => 1,
        };
    }
}
