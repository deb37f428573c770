namespace Sweep.Search.Spaces;

/// <summary>How likely the real numbers between two bounds are.</summary>
public abstract record Scale
{
    /// <summary>The number at quantile <paramref name="u"/> in [0, 1), given that it lies between the bounds.</summary>
    public abstract double Quantile(double u, double low, double high);

    /// <summary>The inverse of <see cref="Quantile"/>: the probability in [0, 1] of a number up to <paramref name="x"/>, given that it lies between the bounds.</summary>
    public abstract double Probability(double x, double low, double high);
}
