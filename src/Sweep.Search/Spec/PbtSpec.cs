namespace Sweep.Search.Spec;

/// <summary><c>type: pbt</c>: population based training; the population is the sweep's trials.</summary>
/// <param name="Interval">Epochs of a generation.</param>
/// <param name="Quantile">The share of the worst that start over from one of as many best. Above 0, at most 0.5; default 0.25.</param>
/// <param name="ResampleProbability">How likely a setting is drawn anew, where otherwise it is multiplied by 1.2 or 0.8; default 0.25.</param>
public sealed record PbtSpec(int MaxResource, int Interval, double Quantile, double ResampleProbability) : PrunerSpec(MaxResource)
{
    /// <summary>The default of <see cref="Quantile"/>.</summary>
    public const double DefaultQuantile = 0.25;

    /// <summary>The default of <see cref="ResampleProbability"/>.</summary>
    public const double DefaultResampleProbability = 0.25;
}
