using System.Globalization;
using System.Numerics;

namespace Sweep.Search.Spaces;

/// <summary>So many numbers from one to another, both included, evenly spaced.</summary>
internal static class EvenPoints
{
    // A number that is an exact power has few digits; testing more would only cost time.
    private const string ShortForm = "E11";

    // Larger roots of what a double can hold are never short: 2 to this power is above the largest double over the smallest.
    private const int MaxRoot = 2200;

    /// <summary>Each the double nearest to the exact low + k (high − low) / (count − 1).</summary>
    internal static IEnumerable<double> Uniform(Rational low, Rational high, int count) =>
        Enumerable.Range(0, count).Select(k => (low + ((high - low) * new Rational(k, count - 1))).ToDouble());

    /// <summary>Each near low (high / low)^(k / (count − 1)) to a few last bits, and exact where that is a short decimal number: powers of ten are.</summary>
    internal static IEnumerable<double> LogUniform(Rational low, Rational high, int count)
    {
        var (first, last) = (low.ToDouble(), high.ToDouble());
        return Enumerable.Range(0, count).Select(k => k == 0 ? first : k == count - 1 ? last : Between(k));

        double Between(int k)
        {
            var near = Math.Clamp(new LogUniformScale().Quantile(k / (count - 1.0), first, last), first, last);
            var divisor = (int)BigInteger.GreatestCommonDivisor(k, count - 1);
            var (power, root) = (k / divisor, (count - 1) / divisor);
            var shortNear = near.ToString(ShortForm, CultureInfo.InvariantCulture);
            if (root > MaxRoot || Math.Abs(double.Parse(shortNear, CultureInfo.InvariantCulture) - near) > near * 1e-13)
            {
                return near;
            }

            var candidate = Rational.Parse(shortNear);
            return Rational.Pow(candidate / low, root) == Rational.Pow(high / low, power) ? candidate.ToDouble() : near;
        }
    }
}
