namespace Sweep.Training.Schedules;

/// <summary>The shape of a schedule over time t in its unit, from 0 to T; pure.</summary>
internal abstract class Curve
{
    // A quotient this close to a whole number is that number: 0.3 / 0.1 is 3 periods, not 2.9999999999999996.
    private const double WholeTolerance = 1e-9;

    /// <summary>Whether <see cref="MomentumAt"/> ever has a value.</summary>
    public virtual bool CyclesMomentum => false;

    /// <summary>The rate at a time within [0, T].</summary>
    public abstract double At(double t);

    /// <summary>The momentum at a time within [0, T]; null where the optimizer's own holds.</summary>
    public virtual double? MomentumAt(double t) => null;

    /// <summary>
    /// The end of the curve's own ramp up from rate 0 at time t, or 0. Ramps go by step even with <c>update: epoch</c>:
    /// else a whole epoch would be trained at rate 0.
    /// </summary>
    public virtual double RampEnd(double t) => 0;

    /// <summary>⌊x⌋, robust against the last bits of a quotient.</summary>
    protected static double Floor(double x)
    {
        var nearest = Math.Round(x);
        return Math.Abs(x - nearest) <= WholeTolerance * Math.Max(1, Math.Abs(x)) ? nearest : Math.Floor(x);
    }
}
