using Sweep.Search.Randomness;
using Sweep.Search.Runs;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Runs;

/// <summary>
/// A sweep on real slots that finish in any order, with the rows that a store would hold, and a coordinator that dies and is rebuilt from
/// them. What a trial gives is a function of its parameters and its weights' history.
/// </summary>
/// <remarks><c>seed</c> is of the results, <c>chance</c> of the order of arrivals and of the crashes, <c>crashes</c> how likely one is after a result.</remarks>
internal sealed class SearchSimulation(SweepSpec given, int seed, int slots, int chance, double crashes)
{
    // By id: number · replicates + replicate.
    private readonly SortedDictionary<int, TrialRecord> _rows = [];
    private readonly Dictionary<(int Id, int Step), double?> _curves = [];
    private readonly HashSet<int> _decided = [];
    private readonly HashSet<int> _running = [];
    private readonly SortedSet<string> _decisions = new(StringComparer.Ordinal);
    private SweepSpec spec = given;
    private SweepSearch _search = new(given);
    private int _events;
    private int _luck;

    private int Replicates => spec.Replicates.Count;

    internal int Rebuilds { get; private set; }

    internal bool IsFinished => _search.IsFinished;

    internal IReadOnlyCollection<TrialRecord> Rows => _rows.Values;

    /// <summary>Number, parameters, state, resource and values, and every decision with its virtual time.</summary>
    internal string Table => string.Join('\n', _rows.Values.Select(r =>
        $"{r.Id} {r.Parameters} {r.State} {r.Granted} {r.Resource} {r.RankResource} {string.Join(',', r.Values)} {r.Reason}")) + "\n" + string.Join('\n', _decisions);

    /// <summary>What a trial reported after a step, or null.</summary>
    internal double? ValueOf(int number, int step) => _curves.GetValueOrDefault((number, step));

    internal SearchSimulation Run(int events = 100_000)
    {
        while ((!_search.IsFinished || _rows.Values.Any(r => !r.State.IsOver())) && _events++ < events)
        {
            Advance();
            var waiting = _rows.Values.Where(r => r.State == TrialState.Waiting && !_running.Contains((int)r.Id)).Select(r => (int)r.Id).ToList();
            if (_running.Count < slots && waiting.Count > 0)
            {
                _running.Add(waiting[0]);
                continue;
            }

            if (_running.Count == 0)
            {
                Assert.True(_search.IsFinished, $"nothing to do, but not finished:\n{Table}");
                Apply([.. _rows.Values.Where(r => r.State == TrialState.Paused)
                    .Select(r => new SearchDecision(r.Number, SearchDecisionKind.Prune, r.Granted, Endings.NotPromoted))]);
                return this;
            }

            if (chance != 0)
            {
                Report(_running.Order().ElementAt(Pick(5, _running.Count)));
                Advance();
            }

            Finish(_running.Order().ElementAt(Pick(1, _running.Count)));
            if (Philox.Uniform(chance, _events, 2, 0) < crashes)
            {
                Rebuild();
            }
        }

        return this;
    }

    /// <summary>The user has what failed tried again, as the store does it; this time it may go well.</summary>
    internal int Retry()
    {
        var failed = _rows.Values.Where(r => r.State == TrialState.Failed).ToList();
        _luck++;
        foreach (var row in failed)
        {
            _rows[(int)row.Id] = row with { State = TrialState.Waiting, Reason = "" };
            foreach (var sibling in _rows.Values.Where(r => r.Number == row.Number && r.Reason.StartsWith(Endings.SiblingPrefix, StringComparison.Ordinal)).ToList())
            {
                _rows[(int)sibling.Id] = sibling with { State = TrialState.Paused, Reason = "" };
                _decided.Remove((int)sibling.Id);
            }
        }

        Rebuild();
        return failed.Count;
    }

    /// <summary>The user asks for more trials.</summary>
    internal void Extend(int more)
    {
        spec = spec.Extended([.. spec.Search.Extensions, more]);
        Rebuild();
    }

    private int Pick(uint purpose, int count) => (int)(Philox.Bits(chance, _events, purpose, 1) % (ulong)count);

    private void Advance()
    {
        var busy = _rows.Values.Count(r => r.State == TrialState.Waiting);
        var ahead = slots + 1;
        Apply(_search.Settle(ahead - busy, isIdle: false));
        busy = _rows.Values.Count(r => r.State == TrialState.Waiting);
        var suggestions = _search.Suggest(Math.Max(0, ahead - busy));
        foreach (var s in suggestions)
        {
            for (var replicate = 0; replicate < Replicates; replicate++)
            {
                var id = (s.Number * Replicates) + replicate;
                _rows.Add(id, new TrialRecord(id, 1, s.Number, replicate, TrialState.Waiting, 0, s.Configuration.ToJson(), s.Granted, 0, 0, [], "", 0, ""));
            }

            _decisions.Add($"{s.Number:D4} suggested {s.VirtualTime} {s.LastSeen}");
        }

        if (busy == 0 && suggestions.Count == 0)
        {
            Apply(_search.Settle(0, isIdle: true));
        }
    }

    private void Finish(int id)
    {
        _running.Remove(id);
        var row = _rows[id];
        var (state, reached, rank) = Outcome(row, step => _curves[(id, step)] = ValueAt(row, step));
        _rows[id] = row = row with { State = state, Resource = reached, RankResource = rank, Values = reached > 0 ? [_curves[(id, reached)]] : [] };
        Apply(_search.Observe(new TrialResult(row.Number, row.Replicate, state, row.Granted, reached, row.Values) { Curve = Curve(row) }));
    }

    /// <summary>What will become of a trial that runs, and in which epoch.</summary>
    private (TrialState State, int Reached, int Rank) Outcome(TrialRecord row, Action<int> trained)
    {
        var (id, max) = ((int)row.Id, spec.MaxResourceOf(Configuration.Parse(row.Parameters)));
        var (state, reached, rank) = (row.Granted < max ? TrialState.Paused : TrialState.Completed, row.Granted, row.Granted);
        for (var step = row.Resource + 1; step <= row.Granted; step++)
        {
            var luck = Philox.Uniform(seed + _luck, id, 11, step);
            if (luck < 0.02)
            {
                (state, reached, rank) = (luck < 0.01 ? TrialState.Failed : TrialState.Diverged, step - 1, step - 1);
                break;
            }

            trained(step);
            if (luck > 0.985)
            {
                (state, reached, rank) = luck > 0.993 ? (TrialState.Completed, step, max) : (TrialState.Pruned, step, step);
                break;
            }
        }

        return (state, reached, rank);
    }

    /// <summary>A trial that runs reports an epoch, and goes on.</summary>
    private void Report(int id)
    {
        var row = _rows[id];
        var (state, reached, _) = Outcome(row, _ => { });
        var last = state is TrialState.Failed or TrialState.Diverged ? reached : reached - 1;
        if (last > row.Resource)
        {
            _search.Pass(row.Number, row.Resource + 1 + Pick(4, last - row.Resource));
        }
    }

    private double? ValueAt(TrialRecord row, int step)
    {
        if (Philox.Uniform(seed, (int)row.Id, 12, step) < 0.03)
        {
            return null;
        }

        // Rounded, so that there are ties.
        var quality = row.Parameters.Aggregate(17UL, (hash, c) => (hash * 31) + c) % 1000 / 1000.0;
        return Math.Round(quality + (1.0 / step) + (0.2 * Philox.Uniform(seed, (int)row.Id, 13, step)), 2);
    }

    private void Apply(IReadOnlyList<SearchDecision> decisions)
    {
        foreach (var (decision, id) in decisions.SelectMany(d => Enumerable.Range(d.Number * Replicates, Replicates).Select(id => (d, id))))
        {
            var row = _rows[id];
            if (row.State != TrialState.Paused || (decision.Kind == SearchDecisionKind.Promote ? row.Granted >= decision.Resource : row.Granted > decision.Resource))
            {
                continue;
            }

            _decisions.Add($"{id:D4} {decision.Kind} {decision.Resource} {decision.Donor} {decision.VirtualTime} {decision.LastSeen}");
            if (decision.Kind == SearchDecisionKind.Promote)
            {
                _rows[id] = row with
                {
                    State = TrialState.Waiting,
                    Granted = decision.Resource,
                    Parameters = decision.Configuration?.ToJson() ?? row.Parameters,
                };
                continue;
            }

            _decided.Add(id);
            _rows[id] = row with { State = decision.Kind == SearchDecisionKind.Prune ? TrialState.Pruned : TrialState.Completed, Reason = decision.Reason };
        }
    }

    /// <summary>The coordinator dies; so do the slots' trainings, which begin again from the last rest.</summary>
    private void Rebuild()
    {
        Rebuilds++;
        _running.Clear();
        _search = new SweepSearch(spec);
        _search.Restore([.. _rows.Values.Where(r => r.Replicate == 0).Select(r => Configuration.Parse(r.Parameters))]);
        foreach (var row in _rows.Values.OrderBy(r => spec.Search.Order == SearchOrder.AsFinished ? 0 : Philox.Bits(chance, r.Number, 3, _events)).ToList())
        {
            var curve = Curve(row);
            var results = SearchHistory.Results(
                row, _decided.Contains((int)row.Id), _search.CheckSteps, step => _curves.TryGetValue(((int)row.Id, step), out var value) ? [value] : null, curve);
            foreach (var result in results)
            {
                Apply(_search.Observe(result));
            }

            if (row.Replicate == Replicates - 1)
            {
                var all = _rows.Values.Where(r => r.Number == row.Number).ToList();
                _search.Adopt(row.Number, ReplicateFold.StandingOf(all.ConvertAll(r => r.State)), all.Max(r => r.Granted));
            }
        }
    }

    private List<double?> Curve(TrialRecord row) =>
        _search.NeedsCurves ? [.. Enumerable.Range(1, row.Resource).Select(step => _curves.GetValueOrDefault(((int)row.Id, step)))] : [];
}
