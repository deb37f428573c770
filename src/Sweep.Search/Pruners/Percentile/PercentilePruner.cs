using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Pruners.Percentile;

/// <summary>Stops a trial whose best value so far is strictly worse than a percentile of what trials trained to the full had by that step; the median rule is the percentile 50.</summary>
/// <remarks>
/// Golovin et al. (2017), "Google Vizier: a service for black-box optimization", section 3.2.2: the others' running averages up to the step.
/// With <c>mode: raw</c> Optuna 3.1's <c>MedianPruner</c> and <c>PercentilePruner</c>: what the others reported at the step. The percentile is
/// interpolated linearly, as NumPy does. A trial without any value is worse than all. One that ended by its own target or patience counts as
/// trained to the full, with the value it ended with from there on.
/// </remarks>
public sealed class PercentilePruner : IPruner
{
    private readonly PercentileOptions _spec;
    private readonly ObjectiveGoal _goal;
    private readonly int[] _steps;
    private readonly BestSet[] _others;
    private readonly Dictionary<int, int> _seen = [];

    /// <summary>A rule without trials.</summary>
    /// <param name="goal">Of the first objective.</param>
    public PercentilePruner(PercentileOptions spec, ObjectiveGoal goal)
    {
        _spec = spec;
        _goal = goal;
        var steps = new List<int>();
        for (var step = (long)spec.WarmupSteps + spec.Interval; step < spec.MaxResource; step += spec.Interval)
        {
            steps.Add((int)step);
        }

        _steps = [.. steps];
        _others = [.. steps.Select(_ => new BestSet())];
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> CheckSteps => _steps;

    /// <inheritdoc/>
    public bool NeedsCurves => true;

    /// <inheritdoc/>
    public int Enter(int number, int maxResource) => _steps.Length > 0 ? _steps[0] : maxResource;

    /// <inheritdoc/>
    public void Observe(TrialResult result, ICollection<SearchDecision> decisions)
    {
        if (_seen.GetValueOrDefault(result.Number) >= result.Granted)
        {
            return;
        }

        _seen[result.Number] = result.Granted;
        if (result.State == TrialState.Completed)
        {
            Learn(result);
        }
        else if (result.State == TrialState.Paused && Array.BinarySearch(_steps, result.Granted) is >= 0 and var at)
        {
            decisions.Add(Decide(result, at));
        }
    }

    private SearchDecision Decide(TrialResult result, int at)
    {
        var step = _steps[at];
        var next = at + 1 < _steps.Length ? _steps[at + 1] : _spec.MaxResource;
        if (_others[at].Count < _spec.MinTrials)
        {
            return new SearchDecision(result.Number, SearchDecisionKind.Promote, next, $"step {step}: {_others[at].Count} trials to compare with");
        }

        double? best = null;
        for (var i = 0; i < Math.Min(step, result.Curve.Count); i++)
        {
            best = Losses.Of(result.Curve[i], _goal) is { } loss && !(loss >= best) ? loss : best;
        }

        return best <= Threshold(_others[at])
            ? new SearchDecision(result.Number, SearchDecisionKind.Promote, next, $"step {step}: as good as {_spec.Percentile} % of {_others[at].Count}")
            : new SearchDecision(result.Number, SearchDecisionKind.Prune, step, $"step {step}: worse than the best {_spec.Percentile} % of {_others[at].Count}");
    }

    private void Learn(TrialResult result)
    {
        var (sum, count, next) = (0.0, 0, 0);
        var last = Losses.Of(result.Value, _goal);
        for (var at = 0; at < _steps.Length; at++)
        {
            double? loss = null;
            for (; next < _steps[at]; next++)
            {
                loss = next < result.Curve.Count ? Losses.Of(result.Curve[next], _goal) : last;
                sum += loss ?? 0;
                count += loss is null ? 0 : 1;
            }

            loss = _spec.IsRaw ? loss : count > 0 ? sum / count : null;
            if (loss is { } known)
            {
                _others[at].Add(known, result.Number, mayBeTaken: false);
                _others[at].Resize((int)Position(_others[at].Count) + 1);
            }
        }
    }

    private double Position(int count) => _spec.Percentile / 100 * (count - 1);

    private double Threshold(BestSet others)
    {
        var position = Position(others.Count);
        var share = position - Math.Floor(position);
        var (low, high) = (others.LastOfBest, others.FirstOfRest);
        return share == 0 || low == high ? low : share < 0.5 ? low + ((high - low) * share) : high - ((high - low) * (1 - share));
    }
}
