using Sweep.Search.Pruners.Halving;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Pruners.Asha;

/// <summary>Asynchronous successive halving, promotion form: a free worker takes up the best trial that is due for the next rung, looking from the top; there is a new trial when none is.</summary>
/// <remarks>
/// Li et al. (2020), "A system for massively parallel hyperparameter tuning", algorithm 2 (<c>get_job</c>): of the n trials of a rung the top
/// ⌊n/η⌋ are candidates, those not yet promoted come next. Nothing is promoted from fewer than η, so the first arrival never is by being the
/// first. A trial that ended badly, or by a rule of its own, counts in n without a value; one that completed early takes its value up without
/// a worker. Paused trials stay so until the search ends. A decision costs O(log n) for each rung.
/// </remarks>
public sealed class AshaPruner : IPruner
{
    private readonly AshaRung[] _rungs;
    private readonly HashSet<int> _carried = [];
    private readonly ObjectiveGoal _goal;

    /// <summary>Rungs without trials.</summary>
    /// <param name="goal">Of the first objective.</param>
    public AshaPruner(AshaOptions spec, ObjectiveGoal goal)
    {
        _goal = goal;
        CheckSteps = HalvingBracket.Rungs(spec.MinResource, spec.MaxResource, spec.ReductionFactor);
        _rungs = [.. CheckSteps.Select(resource => new AshaRung(resource, spec.ReductionFactor, atLeastOne: false))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> CheckSteps { get; }

    /// <inheritdoc/>
    public int Enter(int number, int maxResource) => _rungs[0].Resource;

    /// <inheritdoc/>
    public void Observe(TrialResult result, ICollection<SearchDecision> decisions)
    {
        var at = Array.FindIndex(_rungs, rung => rung.Resource == result.Granted);
        if (at < 0)
        {
            return;
        }

        if (_rungs[at].HasArrived(result.Number))
        {
            if (result.State.IsFailure() || result.State == TrialState.Canceled)
            {
                _rungs[at].Drop(result.Number);
            }

            return;
        }

        var counts = result.State is TrialState.Paused or TrialState.Completed;
        _rungs[at].Arrive(result.Number, counts ? Losses.Of(result.Value, _goal) : null, mayRise: at < _rungs.Length - 1);
        if (result.State == TrialState.Completed)
        {
            _carried.Add(result.Number);
        }

        Adopt(result.Number, result.Granted);
        if (at == _rungs.Length - 1 && result.State == TrialState.Paused)
        {
            decisions.Add(new SearchDecision(result.Number, SearchDecisionKind.Complete, result.Granted, ""));
        }
    }

    /// <inheritdoc/>
    public SearchDecision? Promote()
    {
        for (var at = _rungs.Length - 2; at >= 0; at--)
        {
            if (_rungs[at].Take() is not { } number)
            {
                continue;
            }

            if (!_carried.Contains(number))
            {
                return new SearchDecision(
                    number, SearchDecisionKind.Promote, _rungs[at + 1].Resource, $"rung {_rungs[at].Resource}: in the top {_rungs[at].Promotable} of {_rungs[at].Count}");
            }

            // Over, but in the race: it is at the next rung at once, and may make room for another there.
            _rungs[at + 1].Arrive(number, _rungs[at].LossOf(number), mayRise: at + 1 < _rungs.Length - 1);
            at = Math.Min(at + 2, _rungs.Length - 1);
        }

        return null;
    }

    /// <inheritdoc/>
    public void Adopt(int number, int granted)
    {
        foreach (var rung in _rungs)
        {
            if (rung.Resource < granted)
            {
                rung.Hold(number);
            }
        }
    }
}
