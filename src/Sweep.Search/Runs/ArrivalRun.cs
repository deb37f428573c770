using Sweep.Search.Pruners;
using Sweep.Search.Samplers;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Runs;

/// <summary>
/// Takes each result as it comes: for searches whose answer does not depend on the order of arrivals, and for
/// <c>order: as_finished</c>, which gives that up.
/// </summary>
internal sealed class ArrivalRun(SweepSpec spec, Proposals proposals, ISampler sampler, IPruner pruner, SearchBudget budget) : ISearchRun
{
    private readonly List<bool> _isOpen = [];
    private readonly Dictionary<int, int> _restOf = [];
    private readonly Dictionary<int, int> _endedAt = [];
    private int _open;
    private bool _isClosed;

    public int Suggested => _isOpen.Count;

    public bool HasMore => budget.Spent is null && proposals.HasMore;

    public bool IsFinished => _open == 0 && !HasMore;

    public string? Spent => budget.Spent;

    public void Restore(IReadOnlyList<Configuration> existing)
    {
        proposals.Restore(existing);
        proposals.Skip();
        foreach (var configuration in existing)
        {
            budget.Restore(pruner.Enter(Suggested, configuration, spec.MaxResourceOf(configuration)));
            Open();
        }
    }

    public void Adopt(int number, TrialState state, int granted)
    {
        if (state.IsOver())
        {
            Close(number);
        }
        else if (state != TrialState.Paused)
        {
            Reopen(number);
            if (_restOf.Remove(number, out var rest) && granted > rest)
            {
                pruner.Adopt(number, granted);
                budget.Restore(granted - rest);
            }
        }
    }

    public IReadOnlyList<Suggestion> Suggest(int count)
    {
        var suggestions = new List<Suggestion>();
        while (suggestions.Count < count && HasMore)
        {
            if (proposals.Take() is not { } configuration)
            {
                break;
            }

            var number = Suggested;
            Open();
            var granted = pruner.Enter(number, configuration, spec.MaxResourceOf(configuration));
            suggestions.Add(new Suggestion(number, configuration, granted));
            if (!budget.TryGrant(granted))
            {
                // Nothing may be started any more: this one is not made.
                suggestions.RemoveAt(suggestions.Count - 1);
                _isOpen.RemoveAt(number);
                _open--;
            }
        }

        return suggestions;
    }

    public IReadOnlyList<SearchDecision> Observe(TrialResult result)
    {
        if (_endedAt.TryGetValue(result.Number, out var ended) && result.Granted > ended)
        {
            // As results came then, it was not ended there.
            Reopen(result.Number);
        }

        var isNews = _isOpen[result.Number] || result.State.IsOver();
        var decisions = new List<SearchDecision>();
        if (isNews)
        {
            sampler.Update(result);
            if (_isOpen[result.Number])
            {
                budget.Observe(result);
            }

            if (result.State == TrialState.Paused)
            {
                _restOf[result.Number] = Math.Max(result.Step, _restOf.GetValueOrDefault(result.Number));
            }

            pruner.Observe(result, decisions);
        }

        if (result.State.IsOver())
        {
            Close(result.Number);
        }

        return Take(decisions);
    }

    public void Pass(int number, int step)
    {
    }

    public IReadOnlyList<SearchDecision> Settle(int room, bool isIdle)
    {
        var decisions = new List<SearchDecision>();
        for (; room > 0 && budget.Spent is null && pruner.Promote() is { } promotion; room--)
        {
            decisions.Add(promotion);
            isIdle = false;
        }

        if (HasMore)
        {
            return Take(decisions);
        }

        if (!_isClosed)
        {
            _isClosed = true;
            var before = decisions.Count;
            pruner.Close(decisions);
            isIdle &= decisions.Count == before;
        }

        foreach (var (number, step) in isIdle ? _restOf : [])
        {
            if (_isOpen[number])
            {
                decisions.Add(new SearchDecision(number, SearchDecisionKind.Prune, step, budget.Spent ?? Endings.NotPromoted));
            }
        }

        return Take(decisions);
    }

    public void End(string reason) => budget.End(reason);

    private List<SearchDecision> Take(List<SearchDecision> decisions)
    {
        decisions.RemoveAll(decision => decision.Kind == SearchDecisionKind.Promote
            && !budget.TryGrant(decision.Resource - _restOf.GetValueOrDefault(decision.Number)));
        foreach (var decision in decisions)
        {
            if (decision.Kind != SearchDecisionKind.Promote)
            {
                Close(decision.Number);
                _endedAt[decision.Number] = decision.Resource;
            }
        }

        decisions.Sort((x, y) => x.Number.CompareTo(y.Number));
        return decisions;
    }

    private void Open()
    {
        _isOpen.Add(true);
        _open++;
    }

    private void Reopen(int number)
    {
        if (!_isOpen[number] && _endedAt.Remove(number))
        {
            _isOpen[number] = true;
            _open++;
        }
    }

    private void Close(int number)
    {
        if (_isOpen[number])
        {
            _isOpen[number] = false;
            _restOf.Remove(number);
            _open--;
        }
    }
}
