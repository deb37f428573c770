using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Training.Schedules.Curves;

/// <summary>A constant per stage; stage i begins at boundary i − 1 (PyTorch MultiStepLR begins a stage at its milestone, Keras PiecewiseConstantDecay one step later).</summary>
internal sealed class PiecewiseCurve(double rate, long[] begins, double[] values) : Curve
{
    public static ScheduleDefinition Definition { get; } = new(
        "piecewise",
        "A constant rate per stage.",
        [
            new Setting("boundaries", SettingKind.NumberList, "When the stages after the first begin, ascending; T / 2 and 3 T / 4 when left out") { Minimum = 0, MinimumExclusive = true },
            new Setting("values", SettingKind.NumberList, "The rate of each stage as a multiple of lr, one more than boundaries, the largest 1; 1, 0.1, 0.01 … when left out") { Minimum = 0, Maximum = 1 },
        ],
        Create);

    public override double At(long step)
    {
        var stage = 0;
        while (stage < begins.Length && step >= begins[stage])
        {
            stage++;
        }

        return rate * values[stage];
    }

    private static PiecewiseCurve Create(SettingValues settings, CurveSpan span)
    {
        Rational[] boundaries = settings.IsGiven("boundaries") ? [.. settings.Exacts("boundaries")] : [span.Length / 2, span.Length * 3 / 4];
        double[] values = settings.IsGiven("values") ? [.. settings.Numbers("values")] : [.. Enumerable.Range(0, boundaries.Length + 1).Select(i => Math.Pow(0.1, i))];
        if (values.Length != boundaries.Length + 1)
        {
            var origin = settings.IsGiven("boundaries") ? string.Empty : " (its default)";
            throw new TrainingException($"values has {values.Length} entries; boundaries has {boundaries.Length}{origin}, so values needs {boundaries.Length + 1}");
        }

        Lists.ThrowIfNotAscending("boundaries", boundaries);
        Lists.ThrowIfLargestIsNotOne("values", values);
        var largest = Array.IndexOf(values, 1);
        if (largest > 0 && boundaries[largest - 1] >= span.Length)
        {
            throw new TrainingException($"boundaries: the stage of the largest value begins at {boundaries[largest - 1]}, which is not less than T, {span.Length}");
        }

        return new PiecewiseCurve(span.LearningRate, Array.ConvertAll(boundaries, span.StepAt), values);
    }
}
