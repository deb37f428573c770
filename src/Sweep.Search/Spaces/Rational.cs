using System.Globalization;
using System.Numerics;

namespace Sweep.Search.Spaces;

/// <summary>An exact fraction: the value of a decimal number as it is written, and of sums and quotients of such numbers.</summary>
/// <remarks>Compiled into each project that uses it. The denominator is positive and the fraction is in lowest terms.</remarks>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private const int MantissaBits = 53;
    private const int SmallestExponent = -1074;

    private readonly BigInteger _denominatorLessOne;

    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException();
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        _denominatorLessOne = (denominator / divisor) - 1;
    }

    public BigInteger Numerator { get; }

    // Stored less one, so that the default value is 0 / 1.
    public BigInteger Denominator => _denominatorLessOne + 1;

    public int Sign => Numerator.Sign;

    public static implicit operator Rational(long value) => new(value, BigInteger.One);

    public static Rational operator +(Rational a, Rational b) => new((a.Numerator * b.Denominator) + (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) => new((a.Numerator * b.Denominator) - (b.Numerator * a.Denominator), a.Denominator * b.Denominator);

    public static Rational operator *(Rational a, Rational b) => new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    public static bool operator ==(Rational a, Rational b) => a.Equals(b);

    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);

    /// <summary>The shortest decimal number that reads back as this double: 0.1 is 1/10.</summary>
    /// <param name="value">Finite.</param>
    public static Rational Of(double value) => double.IsFinite(value)
        ? Parse(value.ToString("R", CultureInfo.InvariantCulture))
        : throw new ArgumentOutOfRangeException(nameof(value), value, "an exact number is finite");

    /// <summary>The value of a decimal number: a sign, digits with or without a point, an exponent.</summary>
    /// <remarks>The work grows with the exponent: the caller has checked that the number is a finite double above 0 in magnitude, or 0.</remarks>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Rational Parse(string text)
    {
        var e = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? mantissa : mantissa.Remove(point, 1);
        var number = BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (number.IsZero)
        {
            return 0;
        }

        var exponent = (e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture))
            - (point < 0 ? 0 : mantissa.Length - point - 1);
        var power = BigInteger.Pow(10, Math.Abs(exponent));
        return exponent < 0 ? new Rational(number, power) : new Rational(number * power, BigInteger.One);
    }

    public static Rational Pow(Rational value, int exponent) =>
        new(BigInteger.Pow(value.Numerator, exponent), BigInteger.Pow(value.Denominator, exponent));

    public static Rational Abs(Rational value) => value.Sign < 0 ? 0 - value : value;

    public static Rational Max(Rational a, Rational b) => a >= b ? a : b;

    /// <summary>The largest whole number not above it.</summary>
    public BigInteger Floor()
    {
        var quotient = BigInteger.DivRem(Numerator, Denominator, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The smallest whole number not below it.</summary>
    public BigInteger Ceiling() => -(0 - this).Floor();

    /// <summary>The nearest whole number; of two, the larger.</summary>
    public BigInteger RoundHalfUp() => (this + new Rational(1, 2)).Floor();

    /// <summary>The nearest double; of two, the one whose last bit is 0. Infinite beyond the largest.</summary>
    public double ToDouble() => Divide(Numerator, Denominator);

    /// <summary>The double nearest to a quotient; the fraction need not be in lowest terms.</summary>
    /// <param name="denominator">Positive.</param>
    public static double Divide(BigInteger numerator, BigInteger denominator)
    {
        const long exact = 1L << MantissaBits;
        if (numerator >= -exact && numerator <= exact && denominator <= exact)
        {
            return (double)(long)numerator / (long)denominator;
        }

        // 63 or 64 bits of the quotient and whether anything is left decide the rounding.
        var magnitude = BigInteger.Abs(numerator);
        var shift = 63 - (int)(magnitude.GetBitLength() - denominator.GetBitLength());
        var quotient = (ulong)BigInteger.DivRem(
            shift > 0 ? magnitude << shift : magnitude, shift < 0 ? denominator << -shift : denominator, out var remainder);
        var length = 64 - BitOperations.LeadingZeroCount(quotient);
        var drop = Math.Max(length - MantissaBits, shift + SmallestExponent);
        var value = drop > 64 ? 0 : Math.ScaleB(RoundedShift(quotient, drop, !remainder.IsZero), drop - shift);
        return numerator.Sign < 0 ? -value : value;
    }

    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public bool Equals(Rational other) => Numerator == other.Numerator && _denominatorLessOne == other._denominatorLessOne;

    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, _denominatorLessOne);

    /// <summary>For messages: the nearest double, as short as it may be.</summary>
    public override string ToString() => ToDouble().ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A quotient without its last bits, rounded to even.</summary>
    private static double RoundedShift(ulong quotient, int drop, bool isMore)
    {
        var kept = drop == 64 ? 0 : quotient >> drop;
        var rest = drop == 64 ? quotient : quotient & ((1UL << drop) - 1);
        var half = 1UL << (drop - 1);
        var up = rest > half || (rest == half && (isMore || kept % 2 == 1));
        return kept + (up ? 1UL : 0);
    }
}
