using Sweep.Search.Trials;

namespace Sweep.Search.Runs;

/// <summary>Turns what the store holds of a trial into the results that a search is rebuilt from.</summary>
public static class SearchHistory
{
    /// <summary>The results of a trial in the order in which they came about.</summary>
    /// <param name="trial">Its row.</param>
    /// <param name="isDecided">Whether its end was the coordinator's decision on a paused trial: what the search saw is the rest before it.</param>
    /// <param name="checkSteps">The search's <see cref="SweepSearch.CheckSteps"/>.</param>
    /// <param name="valuesAt">The objectives reported at a step; null when there is no such report.</param>
    /// <param name="curve">The first objective's metric by epoch, from the first; empty when the search does not need it.</param>
    public static IEnumerable<TrialResult> Results(
        TrialRecord trial,
        bool isDecided,
        IReadOnlyList<int> checkSteps,
        Func<int, IReadOnlyList<double?>?> valuesAt,
        IReadOnlyList<double?> curve)
    {
        var epochs = curve.ToArray();
        TrialResult At(TrialState state, int granted, int step, IReadOnlyList<double?> values) =>
            new(trial.Number, trial.Replicate, state, granted, step, values) { Curve = new ArraySegment<double?>(epochs, 0, Math.Min(step, epochs.Length)) };

        foreach (var step in checkSteps)
        {
            // At the resource granted last, the row itself says how it stands: waiting there with a value, or over.
            if (step < trial.Granted && step <= trial.Resource && valuesAt(step) is { } values)
            {
                yield return At(TrialState.Paused, step, step, values);
            }
        }

        if (isDecided)
        {
            yield return At(TrialState.Paused, trial.Granted, trial.Resource, trial.Values);
        }

        if (trial.State == TrialState.Paused || (trial.State.IsOver() && (!isDecided || trial.State == TrialState.Canceled)))
        {
            yield return At(trial.State, trial.Granted, trial.Resource, trial.Values);
        }
    }
}
