namespace Sweep.Training.Schedules.Curves;

/// <summary>η_t = η0.</summary>
internal sealed class ConstantCurve(double rate) : Curve
{
    public static ScheduleDefinition Definition { get; } =
        new("constant", "The same rate throughout.", [], (_, span) => new ConstantCurve(span.LearningRate));

    public override double At(long step) => rate;
}
