using Sweep.Search.Runs;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Samplers;

/// <summary>The trials of a sweep by number, with what is known of each. The order in which results came leaves no trace in it.</summary>
/// <param name="goals">One for each objective.</param>
internal sealed class Observations(Space space, IReadOnlyList<ObjectiveGoal> goals)
{
    private readonly List<ObservedTrial> _trials = [];
    private readonly Dictionary<int, ObservedTrial> _byNumber = [];

    /// <summary>All that were suggested and lie in the space, by number.</summary>
    internal IReadOnlyList<ObservedTrial> Trials => _trials;

    /// <summary>How many have a result.</summary>
    internal int WithResult { get; private set; }

    internal int Scored { get; private set; }

    /// <summary>Takes note of a suggestion. One that is not in the space, of a warm start say, is left out.</summary>
    /// <param name="number">Above those before.</param>
    internal ObservedTrial? Add(int number, Configuration configuration)
    {
        if (space.CoordinatesOf(configuration) is not { } coordinates)
        {
            return null;
        }

        var scaled = new double[coordinates.Length];
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = double.IsNaN(coordinates[i]) ? double.NaN : space.Axes[i].Forward(coordinates[i]);
        }

        var trial = new ObservedTrial(number, coordinates, scaled);
        _trials.Add(trial);
        _byNumber.Add(number, trial);
        return trial;
    }

    /// <summary>Takes a result and returns its trial; null when it changes nothing in how the trial stands.</summary>
    internal ObservedTrial? Update(TrialResult result)
    {
        if (!_byNumber.TryGetValue(result.Number, out var trial) || trial.IsOver)
        {
            return null;
        }

        var standing = Standing(result);
        double[] losses = standing == TrialStanding.Scored
            ? [.. goals.Select((goal, i) => goal == ObjectiveGoal.Maximize ? -result.Values[i]!.Value : result.Values[i]!.Value)]
            : [];
        if (standing == TrialStanding.Scored)
        {
            trial.Reports[result.State == TrialState.Completed ? ObservedTrial.Full : result.Step] = losses;
        }

        if (!result.State.IsOver() && trial.Step >= result.Step && trial.HasResult)
        {
            return null;
        }

        Count(trial, -1);
        trial.IsOver = result.State.IsOver();
        trial.IsComplete = result.State == TrialState.Completed;
        trial.Step = result.Step;
        trial.Standing = standing;
        trial.Losses = losses;
        Count(trial, 1);
        return trial;
    }

    /// <summary>The largest resource that at least so many trials with a value have reached; null when there is none.</summary>
    internal int? Level(int atLeast)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (var trial in _trials)
        {
            if (trial.Standing == TrialStanding.Scored)
            {
                foreach (var level in trial.Reports.Keys)
                {
                    counts[level] = counts.GetValueOrDefault(level) + 1;
                }
            }
        }

        return counts.Reverse().Where(level => level.Value >= atLeast).Select(level => (int?)level.Key).FirstOrDefault();
    }

    private TrialStanding Standing(TrialResult result)
    {
        switch (result.State)
        {
            case TrialState.Canceled:
                return TrialStanding.Dropped;
            case TrialState.Paused or TrialState.Pruned or TrialState.Completed:
                if (result.Values.Count < goals.Count)
                {
                    return TrialStanding.Worst;
                }

                for (var i = 0; i < goals.Count; i++)
                {
                    if (result.Values[i] is not { } value || double.IsNaN(value))
                    {
                        return TrialStanding.Worst;
                    }
                }

                return TrialStanding.Scored;
            default:
                return TrialStanding.Worst;
        }
    }

    private void Count(ObservedTrial trial, int by)
    {
        WithResult += trial.HasResult ? by : 0;
        Scored += trial.Standing == TrialStanding.Scored ? by : 0;
    }
}
