namespace Sweep.Search.Spaces;

/// <summary>Logarithms of normal probabilities, exact far out in the tails.</summary>
internal static class NormalTail
{
    // From here on the asymptotic series is good to 1e-10, and Φ itself loses digits.
    private const double Far = -7;

    /// <summary>ln Φ(x).</summary>
    internal static double LogProbability(double x)
    {
        if (x > 6)
        {
            return -NormalCurve.Probability(-x);
        }

        if (x > Far)
        {
            return Math.Log(NormalCurve.Probability(x));
        }

        // Abramowitz and Stegun, 26.2.12: φ(x)/|x| · (1 − 1/x² + 1·3/x⁴ − …), until the terms grow.
        var sum = 1.0;
        var term = 1.0;
        var square = 1 / (x * x);
        for (var i = 1; i < 100; i++)
        {
            var next = -term * ((2 * i) - 1) * square;
            if (Math.Abs(next) >= Math.Abs(term) || Math.Abs(next) < 1e-17)
            {
                break;
            }

            term = next;
            sum += term;
        }

        return (-0.5 * x * x) - Math.Log(-x) - (0.5 * Math.Log(2 * Math.PI)) + Math.Log(sum);
    }

    /// <summary>ln(Φ(b) − Φ(a)) for a below b.</summary>
    internal static double LogMass(double a, double b)
    {
        if (a > 0)
        {
            (a, b) = (-b, -a);
        }

        if (b > 0)
        {
            return double.LogP1(-NormalCurve.Probability(a) - NormalCurve.Probability(-b));
        }

        var larger = LogProbability(b);
        return larger + double.LogP1(-Math.Exp(LogProbability(a) - larger));
    }
}
