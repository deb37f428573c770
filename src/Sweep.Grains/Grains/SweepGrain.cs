using Sweep.Grains.Search;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Grains.Trials;

namespace Sweep.Grains.Grains;

/// <summary>
/// Coordinates one sweep: keeps trials waiting so that no slot idles, hands results to the search, and writes what it decides,
/// every write fenced by (sweep, term).
/// </summary>
/// <remarks>
/// It is rebuilt from the store alone: its search is a pure function of (spec, seed, results). Decisions that a crash kept from
/// being written come out again when the results are replayed; those already written have no effect a second time.
/// </remarks>
public sealed class SweepGrain
{
    private readonly SweepSpec _spec;
    private readonly ISiloStore _store;
    private readonly long _sweepId;
    private readonly long _term;
    private readonly SweepSearch _search;
    private readonly Dictionary<int, TrialRecord> _paused = [];
    private readonly List<TrialDecision> _decisions = [];
    private int _outstanding;
    private long _results;
    private bool _anyValue;

    private SweepGrain(SweepSpec spec, ISiloStore store, long sweepId, long term)
    {
        (_spec, _store, _sweepId, _term) = (spec, store, sweepId, term);
        _search = new SweepSearch(spec);
    }

    /// <summary>Whether every trial is over and the search proposes no more.</summary>
    public bool IsFinished => _outstanding == 0 && _decisions.Count == 0 && _search.IsFinished;

    /// <summary>How the sweep ends: Completed, or Failed when not one trial has a value.</summary>
    public SweepState FinalState => _anyValue ? SweepState.Completed : SweepState.Failed;

    /// <summary>Rebuilds the coordinator of a sweep from the store, under the term that its activation gave.</summary>
    public static async Task<SweepGrain> ActivateAsync(
        SweepSpec spec, ISweepStore sweeps, ISiloStore store, long sweepId, long term, CancellationToken cancellationToken)
    {
        var grain = new SweepGrain(spec, store, sweepId, term);
        var trials = await sweeps.ListTrialsAsync(sweepId, 0, int.MaxValue, cancellationToken);
        var steps = grain._search.CheckSteps;
        var reports = steps.Count == 0 ? [] : await sweeps.ListReportsAtAsync(sweepId, steps, cancellationToken);
        grain.Replay(trials, reports.ToDictionary(r => (r.TrialId, r.Report.Step), r => r.Report.Values));
        return grain;
    }

    /// <summary>
    /// Takes in what became of trials and writes what follows: promotions, stops, and new trials until
    /// <paramref name="ahead"/> are waiting or running.
    /// </summary>
    /// <param name="ends">Attempts that ended, in the order of their arrival.</param>
    /// <returns>Lost when another silo coordinates the sweep now.</returns>
    public async Task<WriteResult> AdvanceAsync(IReadOnlyList<TrialEnd> ends, int ahead, CancellationToken cancellationToken)
    {
        foreach (var end in ends)
        {
            if (await end.Durable == WriteResult.Written && end.Outcome.State != TrialState.Waiting)
            {
                _outstanding--;
                if (end.Outcome.State == TrialState.Paused)
                {
                    _paused[end.Trial.Number] = end.Trial;
                }

                Observe(new TrialResult(
                    end.Trial.Number,
                    end.Trial.Replicate,
                    end.Outcome.State,
                    end.Trial.Granted,
                    end.LastReport?.Step ?? 0,
                    end.LastReport?.Values ?? []));
            }
        }

        var promoted = _decisions.Count(d => d.To == TrialState.Waiting);
        var suggestions = _search.Suggest(Math.Max(0, ahead - _outstanding - promoted));
        if (suggestions.Count == 0 && _decisions.Count == 0)
        {
            return WriteResult.Written;
        }

        var unit = new CoordinatorUnit(_sweepId, _term)
        {
            Trials = [.. suggestions.Select(s => new NewTrial(s.Number, 0, s.Configuration.ToJson(), s.Granted, 0, _results))],
            Decisions = [.. _decisions],
        };
        _decisions.Clear();
        _outstanding += promoted + suggestions.Count;
        return await _store.WriteAsync(unit, cancellationToken);
    }

    private void Replay(IReadOnlyList<TrialRecord> trials, Dictionary<(long TrialId, int Step), IReadOnlyList<double?>> rungs)
    {
        _search.Restore(trials.Count);
        foreach (var trial in trials)
        {
            if (trial.State is TrialState.Waiting or TrialState.Running)
            {
                _outstanding++;
            }
            else if (trial.State == TrialState.Paused)
            {
                _paused[trial.Number] = trial;
            }

            foreach (var result in SearchHistory.Results(trial, _search.CheckSteps, step => rungs.GetValueOrDefault((trial.Id, step))))
            {
                Observe(result);
            }
        }
    }

    /// <summary>Shows the search a result, and keeps the decisions that it makes possible and that are not in the store yet.</summary>
    private void Observe(TrialResult result)
    {
        _results++;
        _anyValue |= result.Values is [{ }, ..] && result.State is not (TrialState.Failed or TrialState.Diverged);
        foreach (var decision in _search.Observe(result))
        {
            // A decision that the store already holds finds its trial no longer paused, or paused further on.
            if (_paused.TryGetValue(decision.Number, out var trial)
                && (decision.Kind != SearchDecisionKind.Promote || trial.Granted < decision.Resource))
            {
                _paused.Remove(decision.Number);
                _decisions.Add(new TrialDecision(
                    trial.Id, TrialState.Paused, NewState(decision.Kind), Math.Max(trial.Granted, decision.Resource), decision.Reason, 0, _results));
            }
        }
    }

    private static TrialState NewState(SearchDecisionKind kind) => kind switch
    {
        SearchDecisionKind.Promote => TrialState.Waiting,
        SearchDecisionKind.Prune => TrialState.Pruned,
        _ => TrialState.Completed,
    };
}
