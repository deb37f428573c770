namespace Sweep.Search.Spaces;

/// <summary><c>uniform</c>: all numbers alike. Bounds are finite.</summary>
public sealed record UniformScale : Scale
{
    /// <inheritdoc/>
    public override double Quantile(double u, double low, double high) => (low * (1 - u)) + (high * u);

    /// <inheritdoc/>
    public override double Probability(double x, double low, double high) => Math.Clamp((x - low) / (high - low), 0, 1);
}
