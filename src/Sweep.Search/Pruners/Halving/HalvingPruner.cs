using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Pruners.Halving;

/// <summary>Synchronous successive halving: all trials start on the lowest rung, and when a rung is full the best of it go on to the next.</summary>
/// <remarks>
/// Jamieson and Talwalkar (2016), "Non-stochastic best arm identification and hyperparameter optimization", with the rungs of Li et al.
/// (2018), "Hyperband". Its decisions do not depend on the order of arrivals. A trial that fails, diverges, is poisoned, canceled or
/// stopped by a rule of its own counts as arrived without a value; one that completed early carries its value to the rungs above.
/// </remarks>
public sealed class HalvingPruner : IPruner
{
    private readonly HalvingOptions _spec;
    private readonly ObjectiveGoal _goal;
    private readonly HalvingRung[] _rungs;
    private readonly string _name;
    private readonly Dictionary<int, int> _rungOf = [];
    private readonly Dictionary<int, double?> _carried = [];
    private readonly Dictionary<int, List<TrialResult>> _early = [];

    /// <summary>One bracket.</summary>
    /// <param name="trials">How many enter the lowest rung.</param>
    /// <param name="goal">Of the first objective.</param>
    /// <param name="name">Before the rung in reasons: <c>bracket 3, </c>.</param>
    public HalvingPruner(HalvingOptions spec, int trials, ObjectiveGoal goal, string name = "")
    {
        _spec = spec;
        _name = name;
        _goal = goal;
        CheckSteps = HalvingBracket.Rungs(spec.MinResource, spec.MaxResource, spec.ReductionFactor);
        _rungs = [.. CheckSteps.Select(resource => new HalvingRung(resource))];
        _rungs[0].Entered = trials;
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> CheckSteps { get; }

    /// <inheritdoc/>
    public int Enter(int number, int maxResource)
    {
        _rungOf[number] = 0;
        return _rungs[0].Resource;
    }

    /// <inheritdoc/>
    public void Observe(TrialResult result, ICollection<SearchDecision> decisions)
    {
        var pending = new Queue<TrialResult>();
        pending.Enqueue(result);
        while (pending.TryDequeue(out var next))
        {
            Take(next, pending, decisions);
        }
    }

    /// <inheritdoc/>
    public void Close(ICollection<SearchDecision> decisions)
    {
        var lowest = _rungs[0];
        if (lowest.IsDecided || lowest.Entered == _rungOf.Count)
        {
            return;
        }

        lowest.Entered = _rungOf.Count;
        if (_rungs.Length > 1 && lowest.IsFull && lowest.Entered > 0)
        {
            var pending = new Queue<TrialResult>();
            Decide(0, pending, decisions);
            while (pending.TryDequeue(out var next))
            {
                Take(next, pending, decisions);
            }
        }
    }

    private void Take(TrialResult result, Queue<TrialResult> pending, ICollection<SearchDecision> decisions)
    {
        var at = _rungOf[result.Number];
        var rung = _rungs[at];
        if (result.Granted > rung.Resource)
        {
            // Told before the results that its promotion rests on: kept until it is promoted.
            if (!_early.TryGetValue(result.Number, out var kept))
            {
                _early[result.Number] = kept = [];
            }

            kept.Add(result);
            return;
        }

        if (result.Granted < rung.Resource || rung.IsDecided)
        {
            return;
        }

        if (!Arrive(rung, result))
        {
            return;
        }

        if (at == _rungs.Length - 1)
        {
            if (result.State == TrialState.Paused)
            {
                decisions.Add(new SearchDecision(result.Number, SearchDecisionKind.Complete, rung.Resource, ""));
            }
        }
        else if (rung.IsFull)
        {
            Decide(at, pending, decisions);
        }
    }

    /// <summary>Whether that was news.</summary>
    private bool Arrive(HalvingRung rung, TrialResult result)
    {
        var value = result.Values.Count > 0 ? result.Values[0] : null;
        switch (result.State)
        {
            case TrialState.Paused or TrialState.Completed:
                if (rung.HasArrived(result.Number))
                {
                    return false;
                }

                rung.Arrive(result.Number, value);
                if (result.State == TrialState.Completed)
                {
                    _carried[result.Number] = value;
                }

                return true;
            default:
                // Also for one that had arrived: it was canceled while it waited for the others.
                rung.Arrive(result.Number, null);
                _carried[result.Number] = null;
                return true;
        }
    }

    private void Decide(int at, Queue<TrialResult> pending, ICollection<SearchDecision> decisions)
    {
        var rung = _rungs[at];
        var above = _rungs[at + 1];
        rung.IsDecided = true;
        var ranked = rung.Ranked(_goal);
        var promoted = HalvingBracket.Promoted(rung.Entered, _spec.ReductionFactor, ranked.Count);
        above.Entered = promoted;
        var chosen = new HashSet<int>(ranked.GetRange(0, promoted));
        foreach (var number in rung.Arrived)
        {
            if (chosen.Contains(number))
            {
                Promote(number, at + 1, promoted, pending, decisions);
            }
            else if (!_carried.ContainsKey(number))
            {
                decisions.Add(new SearchDecision(number, SearchDecisionKind.Prune, rung.Resource, Reason(rung, promoted)));
            }
        }
    }

    private void Promote(int number, int to, int promoted, Queue<TrialResult> pending, ICollection<SearchDecision> decisions)
    {
        _rungOf[number] = to;
        if (_carried.TryGetValue(number, out var value))
        {
            pending.Enqueue(new TrialResult(number, 0, TrialState.Completed, _rungs[to].Resource, _rungs[to].Resource, [value]));
            return;
        }

        decisions.Add(new SearchDecision(number, SearchDecisionKind.Promote, _rungs[to].Resource, Reason(_rungs[to - 1], promoted)));
        if (_early.Remove(number, out var kept))
        {
            foreach (var result in kept)
            {
                pending.Enqueue(result);
            }
        }
    }

    private string Reason(HalvingRung rung, int promoted) => $"{_name}rung {rung.Resource}: {promoted} of {rung.Entered} go on";
}
