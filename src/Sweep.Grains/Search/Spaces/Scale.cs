namespace Sweep.Grains.Search.Spaces;

/// <summary>How likely the real numbers between two bounds are.</summary>
public abstract record Scale
{
    /// <summary>The number at quantile <paramref name="u"/> in [0, 1), given that it lies between the bounds.</summary>
    public abstract double Quantile(double u, double low, double high);
}
