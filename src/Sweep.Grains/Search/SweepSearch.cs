using Sweep.Grains.Search.Pruners;
using Sweep.Grains.Search.Samplers;
using Sweep.Grains.Search.Spaces;
using Sweep.Grains.Spec;
using Sweep.Grains.Trials;

namespace Sweep.Grains.Search;

/// <summary>The search of one sweep: what to try, and how far. A pure function of the spec and of the results observed, in whatever order.</summary>
/// <remarks>
/// Rebuilt after a crash: <see cref="Restore"/> with the number of trials that exist, then <see cref="Observe"/> for what
/// <see cref="SearchHistory"/> makes of each trial. The decisions come out again, but for Complete; those that the store already
/// shows are skipped by whoever applies them.
/// </remarks>
public sealed class SweepSearch
{
    /// <summary>Raised only by a change that alters a suggestion or a decision.</summary>
    public const int SearchVersion = 1;

    private readonly ISampler _sampler;
    private readonly IPruner _pruner;
    private readonly List<bool> _isOpen = [];
    private int _open;
    private bool _exhausted;

    public SweepSearch(SweepSpec spec)
    {
        Spec = spec;

        // A space remembers what it counts: one of its own, so that searches of one spec may run on several threads.
        var space = new Space(spec.Space.Parameters, spec.Space.Forbidden);
        _sampler = spec.Search.Sampler switch
        {
            GridSpec grid => new GridSampler(space, grid.Shuffled, spec.Search.Seed),
            RandomSpec => new RandomSampler(space, spec.Search.Seed),
            var other => throw new ArgumentException($"no sampler for {other}", nameof(spec)),
        };
        _pruner = spec.Search.Pruner switch
        {
            null => new NoPruner(),
            HalvingSpec halving => new HalvingPruner(halving, spec.Search.Trials, spec.Objectives[0].Goal),
            var other => throw new ArgumentException($"no pruner for {other}", nameof(spec)),
        };
    }

    public SweepSpec Spec { get; }

    /// <summary>How many trials have been suggested; the number of the next.</summary>
    public int Suggested => _isOpen.Count;

    /// <summary>The resources at which trials are paused and compared, rising; empty when each is trained to the full at once.</summary>
    public IReadOnlyList<int> CheckSteps => _pruner.CheckSteps;

    /// <summary>Whether <see cref="Suggest"/> has more to give.</summary>
    public bool HasMore => !_exhausted && Suggested < Spec.Search.Trials;

    /// <summary>Nothing is running, waiting or to come.</summary>
    public bool IsFinished => _open == 0 && !HasMore;

    /// <summary>The next trials in the order of their numbers; fewer or none when the trials are used up or the space is exhausted.</summary>
    public IReadOnlyList<Suggestion> Suggest(int count)
    {
        var suggestions = new List<Suggestion>();
        while (suggestions.Count < count && HasMore)
        {
            if (_sampler.Suggest(Suggested) is not { } configuration)
            {
                _exhausted = true;
                break;
            }

            var number = Suggested;
            Open();
            suggestions.Add(new Suggestion(number, configuration, _pruner.Enter(number, Spec.MaxResourceOf(configuration))));
        }

        return suggestions;
    }

    /// <summary>Takes trials up to this count as suggested, without computing them again.</summary>
    /// <param name="count">How many trials exist: numbers 0 to count − 1.</param>
    public void Restore(int count)
    {
        while (Suggested < count)
        {
            _pruner.Enter(Suggested, Spec.Task.Epochs);
            Open();
        }
    }

    /// <summary>Takes a result and returns the decisions that it made possible, by number. A result seen before changes nothing.</summary>
    public IReadOnlyList<SearchDecision> Observe(TrialResult result)
    {
        if (result.Number < 0 || result.Number >= Suggested)
        {
            throw new ArgumentException($"trial {result.Number} was not suggested: there are {Suggested}", nameof(result));
        }

        if (result.State != TrialState.Paused && !result.State.IsOver())
        {
            throw new ArgumentException($"trial {result.Number} is {result.State}: it has no result yet", nameof(result));
        }

        var decisions = new List<SearchDecision>();
        if (_isOpen[result.Number] || result.State.IsOver())
        {
            _sampler.Update(result);
            _pruner.Observe(result, decisions);
        }

        if (result.State.IsOver())
        {
            Close(result.Number);
        }

        foreach (var decision in decisions)
        {
            if (decision.Kind != SearchDecisionKind.Promote)
            {
                Close(decision.Number);
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

    private void Close(int number)
    {
        if (_isOpen[number])
        {
            _isOpen[number] = false;
            _open--;
        }
    }
}
