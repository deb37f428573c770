using Sweep.Search.Runs;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Grains;

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
    // Claims and reports wait behind a unit that is being written: it must not take long, unless trials come and go as fast.
    private const int LeastAtOnce = 256;
    private const int MostAtOnce = 2048;
    private const int MostPartAtOnce = 8;

    private readonly ISweepStore _sweeps;
    private readonly ISiloStore _store;
    private readonly long _sweepId;
    private readonly long _term;
    private readonly SweepSearch _search;
    private readonly Dictionary<TrialPlace, TrialRecord> _paused = [];
    private readonly Dictionary<TrialPlace, long> _ids = [];

    // Waiting or running in the store, with the epochs granted and how many are known to be trained.
    private readonly Dictionary<TrialPlace, (int Granted, int Passed)> _open = [];
    private readonly List<TrialDecision> _decisions = [];
    private readonly int _replicates;
    private readonly Generations? _generations;
    private long _results;
    private bool _anyValue;

    private SweepGrain(SweepSpec spec, ISweepStore sweeps, ISiloStore store, ILearnsAcrossTrials? learning, long sweepId, long term)
    {
        (_sweeps, _store, _sweepId, _term) = (sweeps, store, sweepId, term);
        _generations = learning is null ? null : new Generations(learning, sweeps, sweepId);
        _search = new SweepSearch(spec);
        _replicates = spec.Replicates.Count;
    }

    /// <summary>Whether every trial is over and the search proposes no more.</summary>
    public bool IsFinished => _open.Count == 0 && _decisions.Count == 0 && _search.IsFinished;

    /// <summary>The trials that wait or run: what became of those on other silos is asked of the store, and told by <see cref="Ended"/> and <see cref="AdvanceAsync"/>.</summary>
    public IReadOnlyCollection<TrialPlace> Open => _open.Keys;

    /// <summary>Whether <see cref="AdvanceAsync"/> has more trials to write, without any news.</summary>
    public bool HasMoreToWrite { get; private set; }

    /// <summary>How the sweep ends: Completed, or Failed when not one trial has a value.</summary>
    public SweepState FinalState => _anyValue ? SweepState.Completed : SweepState.Failed;

    /// <summary>Why the sweep ends before its trials are used up; null when it does not.</summary>
    public string? Spent => _search.Spent;

    /// <summary>Rebuilds the coordinator of a sweep from the store, under the term that its activation gave.</summary>
    /// <param name="learning">How trials learn from earlier ones; null when none does.</param>
    public static async Task<SweepGrain> ActivateAsync(
        SweepSpec spec, ISweepStore sweeps, ISiloStore store, ILearnsAcrossTrials? learning, long sweepId, long term, CancellationToken cancellationToken)
    {
        var grain = new SweepGrain(spec, sweeps, store, learning, sweepId, term);
        var trials = await sweeps.ListTrialsAsync(sweepId, 0, int.MaxValue, cancellationToken);
        if (trials.Count > 0)
        {
            grain.Replay(
                trials,
                await sweeps.ListDecisionsAsync(sweepId, 0, cancellationToken),
                await grain.ReportsAsync(cancellationToken));
        }

        return grain;
    }

    /// <summary>Starts nothing any more; what is running goes on to the resource granted.</summary>
    /// <param name="reason">For people.</param>
    public void End(string reason) => _search.End(reason);

    /// <summary>Takes note that a trial has durably reported an epoch, and goes on: for searches in a virtual order (<see cref="SearchSpec.IsVirtual"/>).</summary>
    public void Pass(TrialPlace place, int step)
    {
        if (_open.TryGetValue(place, out var open) && step > open.Passed)
        {
            _open[place] = open with { Passed = step };
            _search.Pass(place.Number, step);
        }
    }

    /// <summary>
    /// Takes note of how the store says that a trial stands which runs, or ran, on another silo: epochs passed are taken in at once.
    /// </summary>
    /// <returns>Its end, for <see cref="AdvanceAsync"/>; null when it goes on, or when its end is known.</returns>
    public TrialEnd? Ended(TrialRecord trial)
    {
        if (!_open.TryGetValue(PlaceOf(trial), out var open) || open.Granted != trial.Granted || trial.State == TrialState.Waiting)
        {
            return null;
        }

        if (trial.State == TrialState.Running)
        {
            if (_search.Spec.Search.IsVirtual)
            {
                Pass(PlaceOf(trial), trial.Resource);
            }

            return null;
        }

        var report = trial.Resource == 0
            ? null
            : new ReportRecord(trial.Resource, trial.Values, new Dictionary<string, double?>(), double.NaN, 0);
        return new TrialEnd(trial, new TrialOutcome(trial.State, trial.Reason, trial.RankResource), report, Task.FromResult(WriteResult.Written));
    }

    /// <summary>
    /// Takes in what became of trials and writes what follows: promotions, stops, and new trials until
    /// <paramref name="ahead"/> are waiting or running, some hundred at a time, or some thousand where they come and go as fast.
    /// </summary>
    /// <param name="ends">Attempts that ended, in the order of their arrival; one that was taken in before changes nothing.</param>
    /// <returns>Lost when another silo coordinates the sweep now.</returns>
    public async Task<WriteResult> AdvanceAsync(IReadOnlyList<TrialEnd> ends, int ahead, CancellationToken cancellationToken)
    {
        foreach (var end in ends)
        {
            if (await end.Durable == WriteResult.Written && end.Outcome.State != TrialState.Waiting && Close(end.Trial))
            {
                _generations?.Rested(end.Trial.Number, end.Trial.Replicate);
                _ids[PlaceOf(end.Trial)] = end.Trial.Id;
                if (end.Outcome.State == TrialState.Paused)
                {
                    _paused[PlaceOf(end.Trial)] = end.Trial;
                }

                var step = end.LastReport?.Step ?? 0;
                Observe(new TrialResult(
                    end.Trial.Number, end.Trial.Replicate, end.Outcome.State, end.Trial.Granted, step, end.LastReport?.Values ?? [])
                {
                    Curve = _search.NeedsCurves ? Curve(await _sweeps.ListReportsAsync(end.Trial.Id, cancellationToken), step) : [],
                });
            }
        }

        Keep(_search.Settle(Configurations(ahead - Active), isIdle: false));
        var suggestions = new List<NewTrial>();
        var most = Math.Clamp(ahead / MostPartAtOnce, LeastAtOnce, MostAtOnce);
        while (suggestions.Count < most && _search.Suggest(Math.Min(Room(ahead), most)) is { Count: > 0 } more)
        {
            foreach (var trial in more.SelectMany(Replicates))
            {
                _open.Add(new TrialPlace(trial.Number, trial.Replicate), (trial.Granted, 0));
                suggestions.Add(trial);
            }
        }

        if (ahead > 0 && _open.Count == 0)
        {
            Keep(_search.Settle(0, isIdle: true));
        }

        if (_open.Count == 0 && _search.IsFinished)
        {
            // Tried again, at a rung that was decided without it.
            Keep([.. _paused.Values.Select(trial => new SearchDecision(trial.Number, SearchDecisionKind.Prune, trial.Granted, Endings.NotPromoted))]);
        }

        HasMoreToWrite = suggestions.Count >= most;
        IReadOnlyList<TrialRelease> releases = _generations is null ? [] : await _generations.DueAsync(cancellationToken);
        if (suggestions.Count == 0 && _decisions.Count == 0 && releases.Count == 0)
        {
            return WriteResult.Written;
        }

        var unit = new CoordinatorUnit(_sweepId, _term)
        {
            Trials = suggestions,
            Releases = releases,
            Decisions = [.. _decisions],
        };
        _generations?.Release(releases);
        _decisions.Clear();
        return await _store.WriteAsync(unit, cancellationToken);
    }

    /// <summary>Trials that are running or may be claimed, with those about to be.</summary>
    private int Active => _open.Count - Held;

    private int Held => _replicates * (_generations?.Held ?? 0);

    /// <summary>How many configurations make so many trials.</summary>
    private int Configurations(int trials) => Math.Max(0, (trials + _replicates - 1) / _replicates);

    /// <summary>How many configurations may be started until so many trials are running or may be claimed; trials held back make room, within limits.</summary>
    private int Room(int ahead) => Math.Min(
        Configurations(ahead - Active), Configurations(ahead + (_replicates * (_generations?.HeldAtMost ?? 0)) - _open.Count));

    private IEnumerable<NewTrial> Replicates(Suggestion suggestion)
    {
        var parameters = suggestion.Configuration.ToJson();
        return Enumerable.Range(0, _replicates).Select(replicate => new NewTrial(
            suggestion.Number, replicate, parameters, suggestion.Granted, suggestion.VirtualTime, suggestion.LastSeen ?? _results)
        {
            IsHeld = _generations?.Add(suggestion.Number, replicate, suggestion.Configuration) ?? false,
        });
    }

    private static TrialPlace PlaceOf(TrialRecord trial) => new(trial.Number, trial.Replicate);

    /// <summary>Whether this is news of a trial that was open: what a slot tells and what the store tells may be the same.</summary>
    private bool Close(TrialRecord trial) =>
        _open.TryGetValue(PlaceOf(trial), out var open) && open.Granted == trial.Granted && _open.Remove(PlaceOf(trial));

    private async Task<Dictionary<(long TrialId, int Step), ReportRecord>> ReportsAsync(CancellationToken cancellationToken)
    {
        var steps = _search.NeedsCurves ? [.. Enumerable.Range(1, _search.Spec.Task.Epochs)] : _search.CheckSteps;
        var reports = steps.Count == 0 ? [] : await _sweeps.ListReportsAtAsync(_sweepId, steps, cancellationToken);
        return reports.ToDictionary(r => (r.TrialId, r.Report.Step), r => r.Report);
    }

    private void Replay(
        IReadOnlyList<TrialRecord> trials, IReadOnlyList<DecisionRecord> decisions, Dictionary<(long TrialId, int Step), ReportRecord> reports)
    {
        _search.Restore([.. trials.Where(trial => trial.Replicate == 0).Select(trial => Configuration.Parse(trial.Parameters))]);
        var last = decisions.GroupBy(d => d.TrialId).Select(group => group.Last());
        var decided = last.Where(d => d.From == TrialState.Paused && d.To.IsOver()).Select(d => d.TrialId).ToHashSet();
        foreach (var (index, trial) in trials.Index())
        {
            _generations?.Add(trial);
            _ids[PlaceOf(trial)] = trial.Id;
            if (trial.State is TrialState.Waiting or TrialState.Running)
            {
                _open.Add(PlaceOf(trial), (trial.Granted, trial.Resource));
            }
            else if (trial.State == TrialState.Paused)
            {
                _paused[PlaceOf(trial)] = trial;
            }

            ReportRecord? ReportAt(int step) => reports.GetValueOrDefault((trial.Id, step));
            var curve = _search.NeedsCurves
                ? Enumerable.Range(1, trial.Resource).Select(step => ReportAt(step) is { } report ? ValueOf(report) : null).ToList()
                : [];
            foreach (var result in SearchHistory.Results(trial, decided.Contains(trial.Id), _search.CheckSteps, step => ReportAt(step)?.Values, curve))
            {
                Observe(result);
            }

            if (trial.Replicate == _replicates - 1)
            {
                var all = trials.Skip(index - _replicates + 1).Take(_replicates).ToList();
                _search.Adopt(trial.Number, ReplicateFold.StandingOf(all.ConvertAll(replicate => replicate.State)), all.Max(replicate => replicate.Granted));
                foreach (var open in all.Where(replicate => replicate is { State: TrialState.Waiting or TrialState.Running, Resource: > 0 }))
                {
                    _search.Pass(open.Number, open.Resource);
                }
            }
        }
    }

    /// <summary>Shows the search a result, and keeps the decisions that it makes possible.</summary>
    private void Observe(TrialResult result)
    {
        _results++;
        _anyValue |= result.Values is [{ }, ..] && result.State is not (TrialState.Failed or TrialState.Diverged);
        Keep(_search.Observe(result));
    }

    /// <summary>Keeps the decisions that are not in the store yet.</summary>
    private void Keep(IReadOnlyList<SearchDecision> decisions)
    {
        foreach (var (decision, place) in decisions.SelectMany(d => Enumerable.Range(0, _replicates).Select(replicate => (d, new TrialPlace(d.Number, replicate)))))
        {
            // A decision that the store already holds finds its trial no longer paused, or paused further on.
            if (_paused.TryGetValue(place, out var trial)
                && (decision.Kind == SearchDecisionKind.Promote ? trial.Granted < decision.Resource : trial.Granted <= decision.Resource))
            {
                _paused.Remove(place);
                if (decision.Kind == SearchDecisionKind.Promote)
                {
                    _open.Add(place, (Math.Max(trial.Granted, decision.Resource), trial.Granted));
                }

                _decisions.Add(new TrialDecision(
                    trial.Id,
                    TrialState.Paused,
                    NewState(decision.Kind),
                    Math.Max(trial.Granted, decision.Resource),
                    decision.Reason,
                    decision.VirtualTime,
                    decision.LastSeen ?? _results)
                {
                    DonorTrialId = decision.Donor is { } donor ? _ids[new TrialPlace(donor, trial.Replicate)] : null,
                    Parameters = decision.Configuration?.ToJson(),
                });
            }
        }
    }

    private List<double?> Curve(IReadOnlyList<ReportRecord> reports, int steps)
    {
        var byStep = reports.ToDictionary(report => report.Step);
        return [.. Enumerable.Range(1, steps).Select(step => byStep.TryGetValue(step, out var report) ? ValueOf(report) : null)];
    }

    private double? ValueOf(ReportRecord report) => report.Metrics.GetValueOrDefault(_search.Spec.Objectives[0].Metric);

    private static TrialState NewState(SearchDecisionKind kind) => kind switch
    {
        SearchDecisionKind.Promote => TrialState.Waiting,
        SearchDecisionKind.Prune => TrialState.Pruned,
        _ => TrialState.Completed,
    };
}
