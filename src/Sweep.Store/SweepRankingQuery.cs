using Sweep.Search.Ranking;
using Sweep.Search.Spec;

namespace Sweep.Store;

/// <summary>The ranking of a stored sweep.</summary>
public static class SweepRankingQuery
{
    /// <summary>The best <paramref name="limit"/> configurations, the best first.</summary>
    /// <remarks>With one objective and one replicate the store's index gives the order; otherwise all trials are read, at a cost that grows with their number.</remarks>
    public static async Task<IReadOnlyList<RankedTrial>> RankAsync(
        this ISweepStore store, SweepSpec spec, long sweepId, int limit, CancellationToken cancellationToken)
    {
        if (spec is { Objectives.Count: 1, Replicates.Count: 1 })
        {
            return [.. (await store.RankTrialsAsync(sweepId, limit, cancellationToken)).Select(trial => new RankedTrial(trial, [trial]))];
        }

        var trials = await store.ListTrialsAsync(sweepId, 0, int.MaxValue, cancellationToken);
        var uneven = SweepRanking.UnevenResources(trials);
        var reports = uneven.Count == 0 ? [] : await store.ListReportsAtAsync(sweepId, uneven, cancellationToken);
        var valuesAt = reports.ToDictionary(r => (r.TrialId, r.Report.Step), r => r.Report.Values);
        return [.. SweepRanking.Rank(spec, trials, (trial, step) => valuesAt.GetValueOrDefault((trial.Id, step), [])).Take(limit)];
    }
}
