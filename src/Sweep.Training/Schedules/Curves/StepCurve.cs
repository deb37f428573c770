using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Training.Schedules.Curves;

/// <summary>η_t = η0 · γ^⌊(t + offset) / every⌋ (PyTorch StepLR).</summary>
/// <remarks>Loops that multiply after each epoch with <c>epoch % 10 == 0</c> drop after epochs 0, 10, 20: every 10, offset 9.</remarks>
internal sealed class StepCurve(CurveSpan span, double gamma, Rational every, Rational offset) : Curve
{
    public static ScheduleDefinition Definition { get; } = new(
        "step",
        "Drops by a factor at regular intervals.",
        [
            Setting.Gamma("gamma", 0.1, "γ, the factor of each drop"),
            Setting.Length("every", null, "The time between drops; T / 3 when left out"),
            Setting.Range("offset", 0, 0, double.PositiveInfinity, "How much earlier the drops come; less than every"),
        ],
        Create);

    public override double At(long step) => span.LearningRate * Math.Pow(gamma, span.Periods(step, every, offset));

    private static StepCurve Create(SettingValues values, CurveSpan span)
    {
        var (every, offset) = (values.ExactOrNull("every") ?? (span.Length / 3), values.Exact("offset"));
        return offset < every
            ? new StepCurve(span, values.Number("gamma"), every, offset)
            : throw new TrainingException($"offset: {offset} is not less than every, {every}");
    }
}
