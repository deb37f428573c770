using Sweep.Search.Pruners;
using Sweep.Search.Samplers;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Runs;

/// <summary>
/// The search as an event simulation on P virtual workers, where an epoch costs one unit of time. Results may come in any order: each is
/// kept until all that lie before it in virtual time are known, so every decision is the same whoever trains, and however fast.
/// </summary>
/// <remarks>
/// Events are ordered by (virtual time, trial number). One is due when no running trial without a result can come before it: such a trial
/// ends one unit after the last epoch that is known of it at the earliest. An event costs O(log n) besides what sampler and
/// pruner do.
/// </remarks>
internal sealed class VirtualRun(SweepSpec spec, Proposals proposals, ISampler sampler, IPruner pruner, SearchBudget budget) : ISearchRun
{
    private readonly List<VirtualTrial> _trials = [];
    private readonly VirtualEvents _events = new();
    private readonly Queue<int> _promoted = new();
    private readonly Queue<Suggestion> _suggestions = new();
    private readonly Dictionary<int, List<TrialResult>> _ahead = [];
    private readonly List<SearchDecision> _news = [];
    private readonly Dictionary<int, int> _endedAt = [];
    private readonly Dictionary<int, int> _passed = [];
    private List<SearchDecision> _output = [];
    private int _existing;
    private int _running;
    private int _open;
    private long _time;
    private long _seen;
    private bool _hasBegun;
    private int? _current;
    private bool _isClosed;

    public int Suggested => Math.Max(_existing, _trials.Count - _suggestions.Count);

    public bool HasMore => _suggestions.Count > 0 || MayPropose;

    public bool IsFinished => _hasBegun && _open == 0 && !HasMore;

    public string? Spent => budget.Spent;

    private bool MayPropose => budget.Spent is null && proposals.HasMore;

    public void Restore(IReadOnlyList<Configuration> existing)
    {
        proposals.Restore(existing);
        _existing = existing.Count;
    }

    /// <summary>
    /// What was decided comes out of the results again. Where it does not, since a trial was tried again or trials were added, the store
    /// stands: what is over there trains no further.
    /// </summary>
    public void Adopt(int number, TrialState state, int granted)
    {
        if (state.IsOver())
        {
            _endedAt[number] = granted;
            if (number < _trials.Count && _trials[number] is { IsRunning: true, Result: null } && TryEnd(number))
            {
                Advance();
            }
        }
    }

    public IReadOnlyList<Suggestion> Suggest(int count)
    {
        Begin();
        var suggestions = new List<Suggestion>();
        while (suggestions.Count < count && _suggestions.TryDequeue(out var next))
        {
            suggestions.Add(next);
        }

        return suggestions;
    }

    public IReadOnlyList<SearchDecision> Observe(TrialResult result)
    {
        Begin();
        if (result.Number >= _trials.Count)
        {
            if (!_ahead.TryGetValue(result.Number, out var kept))
            {
                _ahead[result.Number] = kept = [];
            }

            kept.Add(result);
            return [];
        }

        var trial = _trials[result.Number];
        if (trial.IsRunning && result.Granted == trial.Granted)
        {
            if (trial.Result is null)
            {
                Know(result.Number, result);
            }
        }
        else if (result.Granted > trial.From)
        {
            trial.Keep(result);
        }
        else if (result.State == TrialState.Canceled && trial.IsOpen)
        {
            // Ended by the user at a rest, which no virtual time tells.
            Take(result.Number, result);
            Fill(null);
        }

        Advance();
        return Drain();
    }

    public void Pass(int number, int step)
    {
        _passed[number] = Math.Max(step, _passed.GetValueOrDefault(number));
        if (number < _trials.Count && _trials[number] is { IsRunning: true, Result: null } trial && trial.Earliest is var before && trial.Pass(step))
        {
            _events.Await(number, before, trial.Earliest);
            Advance();
        }
    }

    public IReadOnlyList<SearchDecision> Settle(int room, bool isIdle)
    {
        Begin();
        return Drain();
    }

    public void End(string reason)
    {
        budget.End(reason);
        Begin();
        Fill(null);
        Advance();
    }

    private void Begin()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            Fill(null);
            Advance();
        }
    }

    private void Advance()
    {
        while (_events.TryTake(out var time, out var number))
        {
            _time = time;
            _seen++;
            _running--;
            var trial = _trials[number];
            trial.Rest();
            _current = number;
            Take(number, trial.Result!);
            _current = null;
            Fill(number);
        }
    }

    /// <summary>Shows a result to sampler and pruner, and carries out what they say.</summary>
    private void Take(int number, TrialResult result)
    {
        budget.Observe(result);
        sampler.Update(result);
        if (result.State.IsOver())
        {
            Close(number);
        }
        else
        {
            _trials[number].Result = result;
        }

        pruner.Observe(result, _news);
        Carry();
    }

    private void Carry()
    {
        foreach (var decision in _news)
        {
            if (decision.Kind == SearchDecisionKind.Promote)
            {
                Promote(decision);
            }
            else
            {
                EndTrial(decision);
            }
        }

        _news.Clear();
    }

    private bool Promote(SearchDecision decision)
    {
        var trial = _trials[decision.Number];
        if (!budget.TryGrant(decision.Resource - trial.From))
        {
            return false;
        }

        trial.Grant(decision.Resource);
        if (decision.Number != _current)
        {
            _promoted.Enqueue(decision.Number);
        }

        _output.Add(Stamped(decision));
        return true;
    }

    private void EndTrial(SearchDecision decision)
    {
        _output.Add(Stamped(decision));
        Close(decision.Number);
        var state = decision.Kind == SearchDecisionKind.Prune ? TrialState.Pruned : TrialState.Completed;
        sampler.Update(_trials[decision.Number].Result! with { State = state });
    }

    /// <summary>Gives every free worker something to do: first the trial that just had one, if it may go on.</summary>
    private void Fill(int? last)
    {
        if (last is { } number && _trials[number].IsPromoted)
        {
            Start(number);
        }

        while (_running < spec.Search.Parallel && (StartPromoted() || StartSuggested()))
        {
        }

        if (_running == 0 && _open > 0)
        {
            EndAll();
        }
    }

    private bool StartPromoted()
    {
        if (_promoted.Count == 0 && (budget.Spent is not null || pruner.Promote() is not { } promotion || !Promote(promotion)))
        {
            return false;
        }

        Start(_promoted.Dequeue());
        return true;
    }

    private bool StartSuggested()
    {
        if (MayPropose)
        {
            var number = proposals.Next;
            if (proposals.Take() is { } configuration)
            {
                return StartNew(number, configuration);
            }
        }

        if (_isClosed || budget.Spent is not null)
        {
            return false;
        }

        _isClosed = true;
        pruner.Close(_news);
        Carry();
        return _promoted.Count > 0;
    }

    private bool StartNew(int number, Configuration configuration)
    {
        var granted = pruner.Enter(number, configuration, spec.MaxResourceOf(configuration));
        if (!budget.TryGrant(granted))
        {
            return false;
        }

        var trial = new VirtualTrial();
        trial.Grant(granted);
        _trials.Add(trial);
        _open++;
        foreach (var result in _ahead.Remove(number, out var kept) ? kept : [])
        {
            trial.Keep(result);
        }

        if (number >= _existing)
        {
            _suggestions.Enqueue(new Suggestion(number, configuration, granted) { VirtualTime = _time, LastSeen = _seen });
        }

        Start(number);
        return true;
    }

    private void Start(int number)
    {
        var trial = _trials[number];
        trial.Begin(_time);
        _running++;
        if (_passed.TryGetValue(number, out var step))
        {
            trial.Pass(step);
        }

        _events.Await(number, trial.Earliest);
        if (trial.TakeEarly() is { } result)
        {
            Know(number, result);
        }
        else
        {
            TryEnd(number);
        }
    }

    /// <summary>Ends a trial that was just started, if the store has it over with less: it stands where it was.</summary>
    private bool TryEnd(int number)
    {
        var trial = _trials[number];
        if (!_endedAt.TryGetValue(number, out var granted) || granted >= trial.Granted)
        {
            return false;
        }

        Know(number, new TrialResult(number, 0, TrialState.Pruned, trial.Granted, trial.From, trial.LastValues));
        return true;
    }

    private void Know(int number, TrialResult result)
    {
        var trial = _trials[number];
        trial.Result = result;
        _events.Know(number, trial.Earliest, trial.EndOf(result));
    }

    /// <summary>Nothing runs and nothing can be started: what is still paused stays so for good.</summary>
    private void EndAll()
    {
        for (var number = 0; number < _trials.Count; number++)
        {
            if (_trials[number].IsOpen)
            {
                EndTrial(new SearchDecision(number, SearchDecisionKind.Prune, _trials[number].From, budget.Spent ?? Endings.NotPromoted));
            }
        }
    }

    private void Close(int number)
    {
        if (_trials[number].IsOpen)
        {
            _trials[number].IsOpen = false;
            _open--;
        }
    }

    private SearchDecision Stamped(SearchDecision decision) => decision with { VirtualTime = _time, LastSeen = _seen };

    private List<SearchDecision> Drain()
    {
        var output = _output;
        _output = [];
        return output;
    }
}
