namespace Sweep.Search.Spaces;

/// <summary><c>log_normal</c>: the natural logarithm is normal; cut off at the bounds, of which the upper may be infinite.</summary>
/// <param name="Median">e^μ: a value, like the bounds, never an exponent. Positive.</param>
/// <param name="Sigma">σ of the logarithm, positive.</param>
public sealed record LogNormalScale(double Median, double Sigma) : Scale
{
    private readonly NormalScale _logarithm = new(Math.Log(Median), Sigma);

    /// <inheritdoc/>
    public override double Quantile(double u, double low, double high) =>
        Math.Exp(_logarithm.Quantile(u, Math.Log(low), Math.Log(high)));

    /// <inheritdoc/>
    public override double Probability(double x, double low, double high) =>
        _logarithm.Probability(Math.Log(x), Math.Log(low), Math.Log(high));
}
