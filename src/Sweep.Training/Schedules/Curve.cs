namespace Sweep.Training.Schedules;

/// <summary>The shape of a schedule over its <see cref="CurveSpan"/>; pure. Updates are numbered over the whole training.</summary>
internal abstract class Curve
{
    /// <summary>Whether <see cref="MomentumAt"/> ever has a value.</summary>
    public virtual bool CyclesMomentum => false;

    /// <summary>The rate of an update within the span, or of the one after its last.</summary>
    public abstract double At(long step);

    /// <summary>The momentum of such an update; null where the optimizer's own holds.</summary>
    public virtual double? MomentumAt(long step) => null;

    /// <summary>
    /// The first update after the curve's own ramp up from rate 0, or 0 where it has none. Ramps go by step even with <c>update: epoch</c>:
    /// else a whole epoch would be trained at rate 0.
    /// </summary>
    public virtual long RampEnd(long step) => 0;
}
