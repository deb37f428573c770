using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Ranking;

/// <summary>The ranking of a sweep's configurations, from their rows.</summary>
public static class SweepRanking
{
    /// <summary>All configurations in the order of the ranking.</summary>
    /// <param name="spec">The sweep's file.</param>
    /// <param name="trials">All of its trials.</param>
    /// <param name="valuesAt">The objectives that a trial reported at a resource; empty when there is no such report.</param>
    public static IEnumerable<RankedTrial> Rank(SweepSpec spec, IEnumerable<TrialRecord> trials, Func<TrialRecord, int, IReadOnlyList<double?>> valuesAt) =>
        Order(spec.Objectives, [.. ByNumber(trials).Select(replicates => Fold(spec, replicates, (trial, step) =>
            trial.RankResource == step ? trial.Values : valuesAt(trial, step)))]);

    /// <summary>The resources at which reports are needed: a configuration is ranked at the least resource of its replicates, those ahead as they were there.</summary>
    public static IReadOnlyList<int> UnevenResources(IEnumerable<TrialRecord> trials) =>
        [.. ByNumber(trials).Where(IsUneven).Select(replicates => replicates.Min(trial => trial.RankResource)).Where(step => step > 0).Distinct()];

    /// <summary>Configurations in the order of the ranking, with their fronts.</summary>
    public static IEnumerable<RankedTrial> Order(IReadOnlyList<Objective> objectives, IEnumerable<RankedTrial> trials)
    {
        if (objectives.Count == 1)
        {
            return trials.OrderBy(ranked => ranked.Trial, new TrialRanking(objectives[0].Goal));
        }

        // Fronts among those that may be compared: of one group, at one resource.
        return trials.GroupBy(ranked => (Group: ranked.Trial.State.RankGroup(), ranked.Trial.RankResource))
            .OrderBy(group => group.Key.Group).ThenByDescending(group => group.Key.RankResource)
            .SelectMany(group => Fronts(objectives, [.. group]))
            .OrderBy(ranked => ranked.Trial.State.RankGroup())
            .ThenByDescending(ranked => ranked.Trial.RankResource)
            .ThenBy(ranked => ranked.Front ?? int.MaxValue)
            .ThenBy(ranked => ranked.Trial, new TrialRanking(objectives[0].Goal));
    }

    private static IEnumerable<RankedTrial> Fronts(IReadOnlyList<Objective> objectives, List<RankedTrial> trials)
    {
        var valued = trials.FindAll(ranked => ranked.Trial.Values.Count == objectives.Count && ranked.Trial.Values.All(ObjectiveValues.HasValue));
        var losses = valued.ConvertAll(ranked => (IReadOnlyList<double>)
            [.. objectives.Select((objective, i) => objective.Goal == ObjectiveGoal.Maximize ? -ranked.Trial.Values[i]!.Value : ranked.Trial.Values[i]!.Value)]);
        var fronts = ParetoFronts.Of(losses);
        return trials.Except(valued).Concat(fronts.SelectMany((front, place) => front.Select(i => valued[i] with { Front = place })));
    }

    private static IEnumerable<List<TrialRecord>> ByNumber(IEnumerable<TrialRecord> trials) => trials.GroupBy(trial => trial.Number).Select(group => group.ToList());

    private static bool IsUneven(List<TrialRecord> replicates) => replicates.Exists(trial => trial.RankResource != replicates[0].RankResource);

    private static RankedTrial Fold(SweepSpec spec, List<TrialRecord> replicates, Func<TrialRecord, int, IReadOnlyList<double?>> valuesAt)
    {
        if (spec.Replicates.Count == 1)
        {
            return new RankedTrial(replicates[0], replicates);
        }

        var step = replicates.Min(trial => trial.RankResource);
        var values = replicates.ConvertAll(trial => valuesAt(trial, step));
        IReadOnlyList<double?> Of(int objective) => [.. values.Select(v => objective < v.Count ? v[objective] : null)];

        var worst = replicates.Find(trial => trial.State == ReplicateFold.StateOf(replicates.Select(r => r.State)))!;
        var whole = worst with
        {
            Replicate = 0,
            Resource = replicates.Min(trial => trial.Resource),
            RankResource = step,
            Values = [.. spec.Objectives.Select((objective, i) => ReplicateValues.Of(Of(i), spec.Replicates.Rank, objective.Goal))],
            Seconds = replicates.Sum(trial => trial.Seconds),
            TestMetrics = MeanTest(replicates),
        };
        return new RankedTrial(whole, replicates) { Deviations = [.. spec.Objectives.Select((_, i) => ReplicateValues.Deviation(Of(i)))] };
    }

    private static Dictionary<string, double?>? MeanTest(List<TrialRecord> replicates) =>
        replicates.Exists(trial => trial.TestMetrics is null)
            ? null
            : replicates[0].TestMetrics!.Keys.ToDictionary(
                name => name,
                name => ReplicateValues.Of([.. replicates.Select(trial => trial.TestMetrics!.GetValueOrDefault(name))], ReplicateRank.Mean, ObjectiveGoal.Maximize),
                StringComparer.Ordinal);
}
