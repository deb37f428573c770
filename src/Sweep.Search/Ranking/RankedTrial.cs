using Sweep.Search.Trials;

namespace Sweep.Search.Ranking;

/// <summary>A configuration in the ranking of a sweep.</summary>
/// <param name="Trial">
/// The configuration as one trial: with replicates its state is the worst of theirs, its resource the least, its values are those it is ranked by,
/// its test metrics the mean once all are tested, its seconds the sum.
/// </param>
/// <param name="Replicates">The rows that it is made of, by replicate.</param>
public sealed record RankedTrial(TrialRecord Trial, IReadOnlyList<TrialRecord> Replicates)
{
    /// <summary>The standard deviation (n − 1) of each objective over the replicates; null where there are no two values.</summary>
    public IReadOnlyList<double?> Deviations { get; init; } = [];

    /// <summary>Of several objectives: the non-dominated front that it is on, from 0, among those of its group and resource; null for one objective or without a value.</summary>
    public int? Front { get; init; }
}
