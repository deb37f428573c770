using Sweep.Grains.Storage;
using Sweep.Grains.Trials;

namespace Sweep.Grains.Search;

/// <summary>Turns what the store holds of a trial into the results that a search is rebuilt from.</summary>
public static class SearchHistory
{
    /// <summary>The results of a trial in the order in which they came about.</summary>
    /// <param name="trial">Its row.</param>
    /// <param name="checkSteps">The search's <see cref="SweepSearch.CheckSteps"/>.</param>
    /// <param name="valuesAt">The objectives reported at a step; null when there is no such report.</param>
    public static IEnumerable<TrialResult> Results(
        TrialRecord trial, IReadOnlyList<int> checkSteps, Func<int, IReadOnlyList<double?>?> valuesAt)
    {
        foreach (var step in checkSteps)
        {
            // At the resource granted last, the row itself says how it stands: waiting there with a value, or over.
            if (step < trial.Granted && step <= trial.Resource && valuesAt(step) is { } values)
            {
                yield return new TrialResult(trial.Number, trial.Replicate, TrialState.Paused, step, step, values);
            }
        }

        if (trial.State == TrialState.Paused || trial.State.IsOver())
        {
            yield return new TrialResult(trial.Number, trial.Replicate, trial.State, trial.Granted, trial.Resource, trial.Values);
        }
    }
}
