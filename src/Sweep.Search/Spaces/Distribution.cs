namespace Sweep.Search.Spaces;

/// <summary>The values that a parameter may have, and how likely each is.</summary>
/// <remarks>
/// A finite distribution numbers its values from 0. Quantiles go through <see cref="Math.Log(double)"/> and
/// <see cref="Math.Exp"/> where a scale is logarithmic or normal: their last bit is libm's.
/// </remarks>
public abstract class Distribution
{
    /// <summary>How many values there are; null when they are not finite.</summary>
    public abstract long? Count { get; }

    /// <summary>The value of a number below <see cref="Count"/>.</summary>
    public abstract ParameterValue At(long index);

    /// <summary>The index of the value that this one stands for; -1 when it stands for none, or they are not finite.</summary>
    /// <remarks>
    /// A number within 1e-9 of a step of a value stands for that value: earlier versions and other programs write
    /// 0.30000000000000004 for 0.3.
    /// </remarks>
    public abstract long IndexOf(ParameterValue value);

    /// <summary>The value of this distribution that a value stands for; null when it stands for none.</summary>
    public virtual ParameterValue? Find(ParameterValue value) => IndexOf(value) is >= 0 and var index ? At(index) : null;

    /// <summary>Whether the value stands for one that may be drawn.</summary>
    public bool Contains(ParameterValue value) => Find(value) is not null;

    /// <summary>The number of the value at quantile <paramref name="u"/> in [0, 1) of a finite distribution.</summary>
    public abstract long QuantileIndex(double u);

    /// <summary>The value at quantile <paramref name="u"/> in [0, 1).</summary>
    public virtual ParameterValue Quantile(double u) => At(QuantileIndex(u));

    /// <summary>The values next to a number that is none of them, ascending: one below and one above where there are both. Empty when they are not finite or not numbers.</summary>
    internal virtual IEnumerable<ParameterValue> Around(Rational number) => [];

    /// <summary>Whether a number stands for a value.</summary>
    /// <param name="step">The distance to the next value.</param>
    protected private static bool IsSame(Rational number, Rational value, Rational step)
    {
        // Doubles so large that they are further apart than 1e-9 of a step cannot come nearer than their own distance.
        var spacing = Math.BitIncrement(Math.Abs(value.ToDouble())) - Math.Abs(value.ToDouble());
        var tolerance = Rational.Max(step / 1_000_000_000, double.IsFinite(spacing) ? Rational.Of(2 * spacing) : 0);
        return Rational.Abs(number - value) <= tolerance;
    }
}
