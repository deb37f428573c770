using System.Numerics;

namespace Sweep.Search.Spaces;

/// <summary>Evenly spaced numbers: whole numbers, or reals with a <c>step</c>. Each real is the double nearest to the exact low + k · step.</summary>
/// <remarks>
/// Uniform and log-uniform values stand for the interval up to the next one, so that k of a log-uniform integer has the
/// probability of [k, k + 1); normal ones for the interval around them.
/// </remarks>
public sealed class LatticeDistribution : Distribution
{
    private readonly Rational _exactLow;
    private readonly Rational _exactStep;
    private readonly BigInteger _lowNumerator;
    private readonly BigInteger _stepNumerator;
    private readonly BigInteger _denominator;
    private readonly bool _whole;
    private readonly long _count;

    /// <summary>The numbers low, low + step, … up to count of them.</summary>
    /// <param name="low">Stands for the shortest decimal number that reads back as it; <paramref name="step"/> too.</param>
    /// <param name="whole">Whether they are integers; low and step are then whole numbers.</param>
    public LatticeDistribution(Scale scale, double low, double step, long count, bool whole)
        : this(scale, Rational.Of(low), Rational.Of(step), count, whole)
    {
    }

    private LatticeDistribution(Scale scale, Rational low, Rational step, long count, bool whole)
    {
        Scale = scale;
        Low = low.ToDouble();
        Step = step.ToDouble();
        (_exactLow, _exactStep) = (low, step);
        _denominator = low.Denominator * step.Denominator;
        _lowNumerator = low.Numerator * step.Denominator;
        _stepNumerator = step.Numerator * low.Denominator;
        _count = count;
        _whole = whole;
    }

    /// <summary>The same of numbers that need not be doubles.</summary>
    internal static LatticeDistribution Of(Scale scale, Rational low, Rational step, long count, bool whole) => new(scale, low, step, count, whole);

    public Scale Scale { get; }

    public double Low { get; }

    public double Step { get; }

    /// <inheritdoc/>
    public override long? Count => _count;

    /// <inheritdoc/>
    public override ParameterValue At(long index) => _whole ? ParameterValue.Of((long)NumberAt(index)) : ParameterValue.Of(NumberAt(index));

    /// <inheritdoc/>
    public override long IndexOf(ParameterValue value)
    {
        // Nearly every value is one of these, and doubles find it faster.
        var number = value.Kind switch { ValueKind.Integer => value.AsInteger, ValueKind.Real => value.AsReal, _ => double.NaN };
        var guess = Math.Round((number - Low) / Step);
        if (guess >= 0 && guess < _count && At((long)guess).Equals(value))
        {
            return (long)guess;
        }

        if (value.Exact is not { } exact)
        {
            return -1;
        }

        var index = ((exact - _exactLow) / _exactStep).RoundHalfUp();
        return index.Sign >= 0 && index < _count && IsSame(exact, _exactLow + (_exactStep * new Rational(index, 1)), _exactStep) ? (long)index : -1;
    }

    /// <inheritdoc/>
    public override long QuantileIndex(double u)
    {
        if (Scale is UniformScale)
        {
            return Math.Min((long)(u * _count), _count - 1);
        }

        var shift = Scale is LogUniformScale ? 0 : Step / 2;
        var x = Scale.Quantile(u, Math.Max(Low - shift, Scale is LogNormalScale ? 0 : double.MinValue), Low + (Step * _count) - shift);
        return (long)Math.Clamp(Math.Floor((x - Low + shift) / Step), 0, _count - 1);
    }

    /// <summary>The value of a number below <see cref="Count"/>, as a double.</summary>
    internal double NumberAt(long index) => Rational.Divide(_lowNumerator + (index * _stepNumerator), _denominator);

    /// <inheritdoc/>
    internal override IEnumerable<ParameterValue> Around(Rational number)
    {
        var below = ((number - _exactLow) / _exactStep).Floor();
        return new[] { below, below + 1 }.Select(index => (long)BigInteger.Max(0, BigInteger.Min(index, _count - 1))).Distinct().Select(At);
    }
}
