using Sweep.Search.Settings;

namespace Sweep.Training.Schedules.Curves;

/// <summary>η_t = ηmin + ½(η0 − ηmin)(1 + cos(π t / T)) (Loshchilov &amp; Hutter 2016, equation 5; PyTorch CosineAnnealingLR).</summary>
internal sealed class CosineCurve(CurveSpan span, double minFactor) : Curve
{
    public static ScheduleDefinition Definition { get; } = new(
        "cosine",
        "Half a cosine from lr down.",
        [Setting.Factor("min_factor", 0, "ηmin as a multiple of lr")],
        (values, span) => new CosineCurve(span, values.Number("min_factor")));

    public override double At(long step) => Between(span.LearningRate, span.LearningRate * minFactor, span.TimeAt(step) / span.Duration);

    /// <summary>Half a cosine from one value to another as the progress goes from 0 to 1.</summary>
    public static double Between(double start, double end, double progress) =>
        end + ((start - end) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
}
