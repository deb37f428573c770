namespace Sweep.Search.Spaces;

/// <summary><c>log_uniform</c>: all magnitudes alike. Bounds are values, positive and finite.</summary>
public sealed record LogUniformScale : Scale
{
    /// <inheritdoc/>
    public override double Quantile(double u, double low, double high) => Math.Exp((Math.Log(low) * (1 - u)) + (Math.Log(high) * u));

    /// <inheritdoc/>
    public override double Probability(double x, double low, double high) =>
        Math.Clamp((Math.Log(x) - Math.Log(low)) / (Math.Log(high) - Math.Log(low)), 0, 1);
}
