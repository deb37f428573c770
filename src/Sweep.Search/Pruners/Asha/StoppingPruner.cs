using Sweep.Search.Pruners.Halving;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Pruners.Asha;

/// <summary>Asynchronous successive halving without promotions: a trial that reaches a rung goes on if it is among the best there so far, and is stopped otherwise.</summary>
/// <remarks>
/// The rule of Optuna 3.1's <c>SuccessiveHalvingPruner</c> (without bootstrap): of the n trials that have arrived, it included, the top
/// max(1, ⌊n/η⌋) go on. So the first one always does, as somebody has to; the promotion form (<c>type: asha</c>) is without that. A trial that
/// ended badly counts in n; one that completed early counts with its value in its rung and those above.
/// </remarks>
public sealed class StoppingPruner : IPruner
{
    private readonly AshaRung[] _rungs;
    private readonly ObjectiveGoal _goal;

    /// <summary>Rungs without trials.</summary>
    /// <param name="goal">Of the first objective.</param>
    public StoppingPruner(AshaOptions spec, ObjectiveGoal goal)
    {
        _goal = goal;
        CheckSteps = HalvingBracket.Rungs(spec.MinResource, spec.MaxResource, spec.ReductionFactor);
        _rungs = [.. CheckSteps.Select(resource => new AshaRung(resource, spec.ReductionFactor, atLeastOne: true))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> CheckSteps { get; }

    /// <inheritdoc/>
    public int Enter(int number, int maxResource) => _rungs[0].Resource;

    /// <inheritdoc/>
    public void Observe(TrialResult result, ICollection<SearchDecision> decisions)
    {
        var at = Array.FindIndex(_rungs, rung => rung.Resource == result.Granted);
        if (at < 0 || _rungs[at].HasArrived(result.Number))
        {
            return;
        }

        var rung = _rungs[at];
        switch (result.State)
        {
            case TrialState.Completed:
                foreach (var above in _rungs.AsSpan(at))
                {
                    above.Arrive(result.Number, Losses.Of(result.Value, _goal), mayRise: false);
                }

                return;

            case TrialState.Paused:
                rung.Arrive(result.Number, Losses.Of(result.Value, _goal), mayRise: false);
                var reason = $"rung {rung.Resource}: the top {rung.Promotable} of {rung.Count} go on";
                decisions.Add(at == _rungs.Length - 1
                    ? new SearchDecision(result.Number, SearchDecisionKind.Complete, rung.Resource, "")
                    : rung.IsAmongBest(result.Number)
                        ? new SearchDecision(result.Number, SearchDecisionKind.Promote, _rungs[at + 1].Resource, reason)
                        : new SearchDecision(result.Number, SearchDecisionKind.Prune, rung.Resource, reason));
                return;

            default:
                rung.Arrive(result.Number, null, mayRise: false);
                return;
        }
    }
}
