using Sweep.Search.Settings;

namespace Sweep.Training.Schedules.Curves;

/// <summary>η_t = η0 · r^max(0, ⌊t⌋ − start + 1) (PyTorch MultiplicativeLR with a constant factor).</summary>
/// <remarks>Keras callbacks that write <c>lr if epoch &lt; 50 else lr * 0.1</c> with the current rate compound: start 50, factor 0.1.</remarks>
internal sealed class MultiplicativeCurve(CurveSpan span, double factor, long start) : Curve
{
    public static ScheduleDefinition Definition { get; } = new(
        "multiplicative",
        "The current rate times a factor, each whole unit from a start on: it compounds.",
        [
            Setting.Gamma("factor", 0.95, "r, what the current rate is multiplied by"),
            new Setting("start", SettingKind.Integer, "The first t that is already multiplied, in whole units") { Default = 1L, Minimum = 1 },
        ],
        (values, span) => new MultiplicativeCurve(span, values.Number("factor"), values.Integer("start")));

    public override double At(long step) => span.LearningRate * Math.Pow(factor, Math.Max(0, span.Periods(step, 1) - start + 1));
}
