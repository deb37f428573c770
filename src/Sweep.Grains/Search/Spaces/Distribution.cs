namespace Sweep.Grains.Search.Spaces;

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

    /// <summary>The number of a value; -1 when it is none of the values, or they are not finite.</summary>
    public abstract long IndexOf(ParameterValue value);

    /// <summary>Whether the value may be drawn.</summary>
    public abstract bool Contains(ParameterValue value);

    /// <summary>The number of the value at quantile <paramref name="u"/> in [0, 1) of a finite distribution.</summary>
    public abstract long QuantileIndex(double u);

    /// <summary>The value at quantile <paramref name="u"/> in [0, 1).</summary>
    public virtual ParameterValue Quantile(double u) => At(QuantileIndex(u));
}
