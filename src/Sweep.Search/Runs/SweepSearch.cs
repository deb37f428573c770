using Sweep.Search.Pruners;
using Sweep.Search.Samplers;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Runs;

/// <summary>
/// The search of one sweep: what to try, and how far. A pure function of the spec and of the results observed, in whatever order; with
/// <c>order: as_finished</c>, in the order in which they are observed.
/// </summary>
/// <remarks>
/// Rebuilt after a crash: <see cref="Restore"/> with the trials that exist, then <see cref="Observe"/> for what <see cref="SearchHistory"/>
/// makes of each trial, and <see cref="Adopt"/> for how it stands. The decisions come out again; those that the store already shows are
/// skipped by whoever applies them.
/// </remarks>
public sealed class SweepSearch
{
    /// <summary>Raised only by a change that alters a suggestion or a decision.</summary>
    public const int SearchVersion = 3;

    private readonly IPruner _pruner;
    private readonly ISearchRun _run;
    private readonly ReplicateFold? _replicates;

    public SweepSearch(SweepSpec spec)
    {
        Spec = spec;

        // A space remembers what it counts: one of its own, so that searches of one spec may run on several threads.
        var space = new Space(spec.Space.Parameters, spec.Space.Forbidden);
        var goals = spec.Objectives.Select(objective => objective.Goal).ToList();
        var sampler = spec.Search.Sampler.Create(space, goals, spec.Search.Seed, Proposals.RuleOf(spec.Search));
        var proposals = new Proposals(spec.Search, sampler, space);
        var budget = new SearchBudget(spec.Search.Budget, goals[0], spec.Replicates.Count);
        _replicates = spec.Replicates.Count > 1 ? new ReplicateFold(spec.Replicates, goals) : null;
        _pruner = spec.Search.Pruner?.Create(spec.Search, space, goals[0]) ?? new NoPruner();
        _run = spec.Search.IsVirtual
            ? new VirtualRun(spec, proposals, sampler, _pruner, budget)
            : new ArrivalRun(spec, proposals, sampler, _pruner, budget);
    }

    public SweepSpec Spec { get; }

    /// <summary>How many trials have been suggested; the number of the next.</summary>
    public int Suggested => _run.Suggested;

    /// <summary>The resources at which trials are paused and compared, rising; empty when each is trained to the full at once.</summary>
    public IReadOnlyList<int> CheckSteps => _pruner.CheckSteps;

    /// <summary>Whether results have to come with <see cref="TrialResult.Curve"/>.</summary>
    public bool NeedsCurves => _pruner.NeedsCurves;

    /// <summary>Whether <see cref="Suggest"/> may have more to give, now or later.</summary>
    public bool HasMore => _run.HasMore;

    /// <summary>Nothing is running, waiting or to come.</summary>
    public bool IsFinished => _run.IsFinished;

    /// <summary>Why it ends before its trials are used up; null when it does not.</summary>
    public string? Spent => _run.Spent;

    /// <summary>The next trials in the order of their numbers; fewer or none when no more can be said yet, the trials are used up or the space is exhausted.</summary>
    public IReadOnlyList<Suggestion> Suggest(int count) => _run.Suggest(count);

    /// <summary>Takes trials as suggested; called before anything else.</summary>
    /// <param name="existing">The configurations of the trials that exist, by number from 0.</param>
    public void Restore(IReadOnlyList<Configuration> existing) => _run.Restore(existing);

    /// <summary>Takes note of how the store says that a trial stands; called after its results.</summary>
    public void Adopt(int number, TrialState state, int granted) => _run.Adopt(number, state, granted);

    /// <summary>
    /// Takes a result and returns the decisions that it made possible, each for all replicates of its number that are paused. A result seen
    /// before changes nothing.
    /// </summary>
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

        if (_replicates is null)
        {
            return _run.Observe(result);
        }

        var decisions = new List<SearchDecision>();
        foreach (var folded in _replicates.Add(result))
        {
            decisions.AddRange(_run.Observe(folded));
            if (folded.State.IsOver() && folded.State != TrialState.Completed)
            {
                // The others of its replicates, if they wait at the rung, have nothing left to train for.
                decisions.Add(new SearchDecision(folded.Number, SearchDecisionKind.Prune, folded.Granted, Endings.Sibling(folded.State)));
            }
        }

        return decisions;
    }

    /// <summary>
    /// Takes note that one of a trial's replicates has trained so many epochs, and goes on. It changes no decision: those that had to wait for
    /// what the trial might have done until then come sooner, with the next <see cref="Settle"/> and <see cref="Suggest"/>.
    /// </summary>
    public void Pass(int number, int step) => _run.Pass(number, step);

    /// <summary>The decisions that need no new result: promotions onto free slots with <c>order: as_finished</c>, and the end of what stays paused.</summary>
    /// <param name="room">How many trials may be promoted.</param>
    /// <param name="isIdle">Whether no trial is waiting or running.</param>
    public IReadOnlyList<SearchDecision> Settle(int room, bool isIdle) => _run.Settle(room, isIdle);

    /// <summary>Starts nothing any more: a limit was reached that only the caller knows of, such as a time.</summary>
    public void End(string reason) => _run.End(reason);
}
