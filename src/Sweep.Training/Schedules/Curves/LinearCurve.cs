using Sweep.Search.Settings;

namespace Sweep.Training.Schedules.Curves;

/// <summary>η_t = η0 (a + (b − a) t / T) (PyTorch LinearLR).</summary>
internal sealed class LinearCurve(CurveSpan span, double start, double end) : Curve
{
    public static ScheduleDefinition Definition { get; } = new(
        "linear",
        "A straight line over the training.",
        [
            Setting.Factor("start_factor", 1, "a, the multiple of lr at t = 0"),
            Setting.Factor("end_factor", 0, "b, the multiple of lr at T; the larger of the two must be 1"),
        ],
        Create);

    public override double At(long step) => span.LearningRate * (start + ((end - start) * (span.TimeAt(step) / span.Duration)));

    private static LinearCurve Create(SettingValues values, CurveSpan span)
    {
        var (start, end) = (values.Number("start_factor"), values.Number("end_factor"));
        Lists.ThrowIfLargestIsNotOne("start_factor and end_factor", [start, end]);
        return new LinearCurve(span, start, end);
    }
}
