using Sweep.Search.Ranking;

namespace Sweep.Search.Samplers;

/// <summary>Trials in the order of several objectives.</summary>
internal static class ParetoOrder
{
    /// <summary>The best trials with a value, by front, then the least crowded first.</summary>
    /// <param name="count">At most so many.</param>
    internal static List<ObservedTrial> Best(IReadOnlyList<ObservedTrial> trials, int count)
    {
        // A trial cut off early is not compared with one trained to the full.
        var scored = trials.Where(trial => trial.Standing == TrialStanding.Scored).ToList();
        var complete = scored.FindAll(trial => trial.IsComplete);
        var others = scored.FindAll(trial => !trial.IsComplete);
        return [.. Order(complete).Concat(Order(others)).Take(count)];
    }

    private static IEnumerable<ObservedTrial> Order(List<ObservedTrial> trials) =>
        ParetoFronts.Order([.. trials.Select(trial => trial.Losses)]).Select(i => trials[i]);
}
