using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Tpe;

/// <summary>The tree-structured Parzen estimator: candidates from the density l(x) of the good trials, of which the one with the largest l(x)/g(x) is taken, g being the density of the bad.</summary>
/// <remarks>
/// <para>
/// Bergstra et al. (2011), "Algorithms for hyper-parameter optimization"; split, weights and widths as in Optuna 3.1. γ is
/// <see cref="TpeSets.Good"/>, the trials that are ranked are those with a result: complete ones first, then by resource, then by value.
/// Unlike there, failed, diverged and NaN trials are bad ones, and ⌈0.1 n⌉ is computed in whole numbers.
/// </para>
/// <para>
/// Each alternative of a parameter is a dimension of its own; a group of dimensions learns from the trials in which it was active.
/// Exact up to 1,000 trials in a set; above, it is thinned (<see cref="TpeSets.Thin"/>). A candidate that an earlier trial has gives
/// way to the next best.
/// </para>
/// </remarks>
public sealed class TpeSampler : LearningSampler
{
    private readonly TpeOptions _spec;
    private readonly Axis[][] _groups;
    private readonly int[] _groupOf;
    private readonly bool _hasSeveralGoals;

    /// <summary>A sampler over a space.</summary>
    /// <param name="goals">Of the objectives; with several, trials are ranked by Pareto front.</param>
    public TpeSampler(TpeOptions spec, Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null)
        : base(space, goals, seed, rule)
    {
        _spec = spec;
        _hasSeveralGoals = goals.Count > 1;
        _groups = Groups(space, spec);
        _groupOf = new int[space.Dimensions];
        Array.Fill(_groupOf, -1);
        for (var i = 0; i < _groups.Length; i++)
        {
            foreach (var axis in _groups[i])
            {
                _groupOf[axis.Dimension] = i;
            }
        }
    }

    private protected override SpacePoint? Propose(int number) => Observations.WithResult < _spec.StartupTrials ? null : FromModel(number);

    private SpacePoint? FromModel(int number)
    {
        var count = TpeSets.Good(Observations.WithResult);
        var good = _hasSeveralGoals ? ParetoOrder.Best(Observations.Trials, count) : TpeSets.Best(Observations.Trials, count);
        good.Sort((x, y) => x.Number.CompareTo(y.Number));
        var drawn = new TpeCandidates?[_groups.Length];
        for (var rank = 0; rank < _spec.Candidates; rank++)
        {
            var point = Space.Compose(dimension =>
            {
                var group = _groupOf[dimension];
                if (group < 0)
                {
                    return 0;
                }

                drawn[group] ??= new TpeCandidates(_groups[group], good, Bad(good), _spec, Seed, number);
                return drawn[group]!.Coordinate(rank, dimension);
            });
            if (point is { } found && Points.TryTake(found))
            {
                return found;
            }
        }

        return null;
    }

    private List<ObservedTrial> Bad(List<ObservedTrial> good)
    {
        var bad = new List<ObservedTrial>(Observations.Trials.Count);
        var next = 0;
        foreach (var trial in Observations.Trials)
        {
            if (next < good.Count && ReferenceEquals(good[next], trial))
            {
                next++;
            }
            else if (trial.HasResult || (_spec.ConstantLiar && trial.Standing == TrialStanding.Pending))
            {
                bad.Add(trial);
            }
        }

        return bad;
    }

    private static Axis[][] Groups(Space space, TpeOptions spec)
    {
        var free = space.Axes.Where(axis => axis.Kind != AxisKind.Constant);
        return (spec.Multivariate, spec.Group) switch
        {
            (true, true) => [.. free.GroupBy(axis => axis.Group).Select(group => group.ToArray())],
            (true, false) => [.. free.GroupBy(axis => axis.IsConditional ? axis.Dimension : -1).Select(group => group.ToArray())],
            _ => [.. free.Select(axis => new[] { axis })],
        };
    }
}
