using Sweep.Grains.Search;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Grains.Trials;

namespace Sweep.Grains.Ranking;

/// <summary>
/// The ranking of a sweep's configurations. One objective and one replicate: in the store's own order, from its index. Else the trials
/// are read and put in order here, at a cost that grows with their number.
/// </summary>
public static class SweepRanking
{
    /// <summary>The best <paramref name="limit"/> configurations, the best first.</summary>
    public static async Task<IReadOnlyList<RankedTrial>> RankAsync(
        ISweepStore store, SweepSpec spec, long sweepId, int limit, CancellationToken cancellationToken)
    {
        if (spec is { Objectives.Count: 1, Replicates.Count: 1 })
        {
            return [.. (await store.RankTrialsAsync(sweepId, limit, cancellationToken)).Select(trial => new RankedTrial(trial, [trial]))];
        }

        var trials = await store.ListTrialsAsync(sweepId, 0, int.MaxValue, cancellationToken);
        var numbers = trials.GroupBy(trial => trial.Number).Select(group => group.ToList()).ToList();

        // A configuration stands at the least resource of its replicates: those ahead are seen as they were there.
        var uneven = numbers.Where(IsUneven).Select(replicates => replicates.Min(trial => trial.RankResource)).Where(step => step > 0).Distinct().ToList();
        var reports = uneven.Count == 0 ? [] : await store.ListReportsAtAsync(sweepId, uneven, cancellationToken);
        var valuesAt = reports.ToDictionary(r => (r.TrialId, r.Report.Step), r => r.Report.Values);
        var ranked = numbers.ConvertAll(replicates => Fold(spec, replicates, (trial, step) =>
            trial.RankResource == step ? trial.Values : valuesAt.GetValueOrDefault((trial.Id, step), [])));
        return [.. Order(spec.Objectives, ranked).Take(limit)];
    }

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
