namespace Sweep.Grains.Search.Spaces;

/// <summary><c>log_uniform</c>: all magnitudes alike. Bounds are values, positive and finite.</summary>
public sealed record LogUniformScale : Scale
{
    /// <inheritdoc/>
    public override double Quantile(double u, double low, double high) => Math.Exp((Math.Log(low) * (1 - u)) + (Math.Log(high) * u));
}
