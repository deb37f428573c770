using Sweep.Search.Randomness;
using Sweep.Search.Runs;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Pruners.Pbt;

/// <summary>Population based training in generations: after each, the worst take over weights and settings of some of the best, and vary the settings.</summary>
/// <remarks>
/// Jaderberg et al. (2017), "Population based training of neural networks", with truncation selection (exploit) and perturbation or
/// resampling (explore). A generation is decided when every member has arrived or is over. Members without a value are the worst; where the
/// best have none either, nobody exploits.
/// </remarks>
public sealed class PbtPruner : IPruner
{
    private readonly PbtOptions _spec;
    private readonly ObjectiveGoal _goal;
    private readonly PbtExplorer _explorer;
    private readonly Dictionary<int, Configuration> _members = [];
    private readonly SortedDictionary<int, TrialResult> _arrived = [];
    private readonly HashSet<int> _over = [];
    private readonly int[] _steps;
    private readonly long _seed;
    private int _population;
    private int _generation;

    /// <summary>A population without members.</summary>
    /// <param name="space">In which settings are varied.</param>
    /// <param name="population">How many members enter.</param>
    /// <param name="goal">Of the first objective.</param>
    public PbtPruner(PbtOptions spec, Space space, int population, ObjectiveGoal goal, long seed)
    {
        _spec = spec;
        _goal = goal;
        _seed = seed;
        _population = population;
        _explorer = new PbtExplorer(space, seed, spec.ResampleProbability);
        var steps = new List<int>();
        for (long step = spec.Interval; step < spec.MaxResource; step += spec.Interval)
        {
            steps.Add((int)step);
        }

        _steps = [.. steps];
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> CheckSteps => _steps;

    /// <inheritdoc/>
    public int Enter(int number, int maxResource) => throw new NotSupportedException("a member has a configuration");

    /// <inheritdoc/>
    public int Enter(int number, Configuration configuration, int maxResource)
    {
        _members[number] = configuration;
        return _steps.Length > 0 ? _steps[0] : maxResource;
    }

    /// <inheritdoc/>
    public void Observe(TrialResult result, ICollection<SearchDecision> decisions)
    {
        if (result.State.IsOver())
        {
            _over.Add(result.Number);
            _arrived.Remove(result.Number);
        }
        else if (_generation < _steps.Length && result.Granted == _steps[_generation])
        {
            _arrived[result.Number] = result;
        }

        Decide(decisions);
    }

    /// <inheritdoc/>
    public void Close(ICollection<SearchDecision> decisions)
    {
        if (_population != _members.Count)
        {
            _population = _members.Count;
            Decide(decisions);
        }
    }

    private void Decide(ICollection<SearchDecision> decisions)
    {
        if (_arrived.Count == 0 || _arrived.Count + _over.Count < _population)
        {
            return;
        }

        var ranked = _arrived.Values
            .OrderBy(member => Losses.Of(member.Value, _goal) is null)
            .ThenBy(member => Losses.Of(member.Value, _goal))
            .ThenBy(member => member.Number)
            .ToList();
        var moved = (int)(_spec.Quantile * ranked.Count);
        var next = _generation + 1 < _steps.Length ? _steps[_generation + 1] : _spec.MaxResource;
        var best = ranked.GetRange(0, moved).FindAll(member => member.Value is not null);
        var before = new Dictionary<int, Configuration>(_members);
        for (var place = 0; place < ranked.Count; place++)
        {
            var number = ranked[place].Number;
            var decision = new SearchDecision(number, SearchDecisionKind.Promote, next, $"generation {_generation + 1}: place {place + 1} of {ranked.Count}");
            if (place >= ranked.Count - moved && best.Count > 0)
            {
                var donor = best[(int)(Philox.Uniform(_seed, number, PbtExplorer.Donor, _generation) * best.Count)].Number;
                _members[number] = _explorer.Explore(before[donor], number, _generation);
                decision = decision with
                {
                    Donor = donor,
                    Configuration = _members[number],
                    Reason = $"{decision.Reason}, goes on from trial {donor}",
                };
            }

            decisions.Add(decision);
        }

        _arrived.Clear();
        _generation++;
    }
}
