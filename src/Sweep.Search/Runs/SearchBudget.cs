using System.Globalization;
using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Runs;

/// <summary>Watches the limits of a sweep.</summary>
/// <param name="replicates">How often each epoch of a configuration is trained.</param>
internal sealed class SearchBudget(BudgetSpec spec, ObjectiveGoal goal, int replicates)
{
    private long _epochs;
    private int _failures;

    /// <summary>Why nothing is started any more; null while something may be.</summary>
    internal string? Spent { get; private set; }

    /// <summary>Whether so many epochs may be granted; if so, they are spent. The first that may not are the end.</summary>
    internal bool TryGrant(int epochs)
    {
        var all = (long)epochs * replicates;
        if (Spent is null && _epochs + all > spec.Epochs)
        {
            Spent = string.Create(CultureInfo.InvariantCulture, $"the budget of {spec.Epochs} epochs is spent");
        }

        if (Spent is not null)
        {
            return false;
        }

        _epochs += all;
        return true;
    }

    /// <summary>Takes note of what was granted before.</summary>
    internal void Restore(int epochs) => _epochs += (long)epochs * replicates;

    internal void End(string reason) => Spent ??= reason;

    internal void Observe(TrialResult result)
    {
        if (result.State.IsFailure())
        {
            if (++_failures >= spec.Failures)
            {
                End(string.Create(CultureInfo.InvariantCulture, $"the budget of {spec.Failures} failures is spent"));
            }
        }
        else if (spec.Target is { } target && result.State != TrialState.Canceled && result.Value is { } value
            && ObjectiveValues.Compare(value, target, goal) <= 0)
        {
            End(string.Create(CultureInfo.InvariantCulture, $"trial {result.Number} reached the target {target}"));
        }
    }
}
