namespace Sweep.Search.Spec;

/// <summary><c>type: median</c> or <c>type: percentile</c>: stops a trial that is worse than most of those trained to the full were at that step.</summary>
/// <param name="Percentile">About so many of a hundred go on; 50 for the median. Above 0, below 100.</param>
/// <param name="IsRaw"><c>mode: raw</c>: compares with what the others reported at the step; otherwise with their averages up to it (<c>mode: average</c>, the default).</param>
/// <param name="WarmupSteps">No trial is stopped at or before this step; default 0.</param>
/// <param name="Interval">Checked every so many steps after the warm-up; default 1.</param>
/// <param name="MinTrials">How many trials have to be trained to the full before one is stopped; default 5.</param>
public sealed record PercentileSpec(int MaxResource, double Percentile, bool IsRaw, int WarmupSteps, int Interval, int MinTrials)
    : PrunerSpec(MaxResource)
{
    /// <summary>The default of <see cref="MinTrials"/>.</summary>
    public const int DefaultMinTrials = 5;
}
