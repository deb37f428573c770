namespace Sweep.Search.Spaces;

/// <summary><c>normal</c>, cut off at the bounds, which may be infinite.</summary>
/// <param name="Mean">μ.</param>
/// <param name="Deviation">σ, positive.</param>
public sealed record NormalScale(double Mean, double Deviation) : Scale
{
    // Half a step of u: the quantile at 0 itself is minus infinity.
    private const double Smallest = 1.0 / (1UL << 54);

    /// <inheritdoc/>
    public override double Quantile(double u, double low, double high)
    {
        var a = (low - Mean) / Deviation;
        var b = (high - Mean) / Deviation;

        // In the upper tail probabilities crowd below 1 and lose their digits: take the mirror image.
        if (a > 0)
        {
            return Mean - (Deviation * Inside(1 - u, -b, -a));
        }

        return Mean + (Deviation * Inside(u, a, b));
    }

    /// <inheritdoc/>
    public override double Probability(double x, double low, double high)
    {
        var a = (low - Mean) / Deviation;
        var b = (high - Mean) / Deviation;
        var z = (x - Mean) / Deviation;
        return a > 0 ? 1 - Share(-z, -b, -a) : Share(z, a, b);
    }

    private static double Share(double z, double a, double b)
    {
        var from = NormalCurve.Probability(a);
        var all = NormalCurve.Probability(b) - from;
        return all > 0 ? Math.Clamp((NormalCurve.Probability(z) - from) / all, 0, 1) : 0.5;
    }

    private static double Inside(double u, double a, double b)
    {
        var from = NormalCurve.Probability(a);
        var to = NormalCurve.Probability(b);

        return NormalCurve.Quantile(Math.Clamp(from + (u * (to - from)), Smallest, 1 - (2 * Smallest)));
    }
}
