using Sweep.Search.Runs;
using Sweep.Search.Samplers.Evolution;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Nsga2;

/// <summary>NSGA-II: children of the least dominated and least crowded trials.</summary>
/// <remarks>
/// <para>
/// Deb et al. (2002), "A fast and elitist multiobjective genetic algorithm: NSGA-II": tournaments of two by front, then crowding distance;
/// simulated binary crossover and polynomial mutation on the numbers' scales, uniform crossover of choices. What no parent has is drawn
/// at random.
/// </para>
/// <para>
/// The parents are the N best of the parents before and the N trials that had their first result since; until the first N, draws are random.
/// Trials at once therefore never wait, and a late result counts in the next choice. Failed trials are never parents. Like that of CMA-ES
/// the state depends on which results came before which suggestion.
/// </para>
/// </remarks>
public sealed class Nsga2Sampler : LearningSampler
{
    private const int Tries = 64;

    private readonly Nsga2Options _spec;
    private readonly double _mutation;
    private readonly List<ObservedTrial> _children = [];
    private List<ObservedTrial> _parents = [];

    /// <summary>A sampler over a space.</summary>
    /// <param name="goals">Of the objectives; one is allowed.</param>
    public Nsga2Sampler(Nsga2Options spec, Space space, IReadOnlyList<ObjectiveGoal> goals, long seed, DuplicateRule? rule = null)
        : base(space, goals, seed, rule)
    {
        _spec = spec;
        _mutation = spec.Mutation ?? (1.0 / Math.Max(1, Free.Length));
    }

    /// <inheritdoc/>
    public override void Update(TrialResult result)
    {
        if (Observations.Update(result) is not { HasResult: true } trial || trial.IsCounted)
        {
            return;
        }

        trial.IsCounted = true;
        _children.Add(trial);
        if (_children.Count == _spec.Population)
        {
            List<ObservedTrial> all = [.. _parents, .. _children];
            all.Sort((x, y) => x.Number.CompareTo(y.Number));
            _parents = ParetoOrder.Best(all, _spec.Population);
            _children.Clear();
        }
    }

    private protected override SpacePoint? Propose(int number)
    {
        if (_parents.Count == 0)
        {
            return null;
        }

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var variation = new Variation(Space, Seed, number, attempt);
            if (Breed(variation) is { } child && Points.TryTake(child))
            {
                return child;
            }
        }

        return null;
    }

    private SpacePoint? Breed(Variation variation)
    {
        var first = Winner(variation, 0).Coordinates;
        var second = variation.Tournament(4) < _spec.Crossover ? Winner(variation, 2).Coordinates : first;
        return Space.Compose(dimension =>
        {
            var axis = Space.Axes[dimension];
            var (x, y) = (first[dimension], second[dimension]);
            if (double.IsNaN(x) && double.IsNaN(y))
            {
                return variation.Fresh(dimension);
            }

            x = double.IsNaN(x) ? y : x;
            y = double.IsNaN(y) ? x : y;
            return axis.Kind switch
            {
                AxisKind.Numeric => Number(axis, x, y, variation),
                AxisKind.Categorical => Choice(axis, x, y, variation),
                _ => x,
            };
        });
    }

    // Parents stand in the order of front and crowding: the lower place wins.
    private ObservedTrial Winner(Variation variation, int draw) =>
        _parents[Math.Min((int)(variation.Tournament(draw) * _parents.Count), (int)(variation.Tournament(draw + 1) * _parents.Count))];

    private double Choice(Axis axis, double x, double y, Variation variation)
    {
        var own = variation.Uniform(2, axis.Dimension) < 0.5 ? x : y;
        return axis.Count > 1 && variation.Uniform(3, axis.Dimension) < _mutation ? variation.Other(axis, own) : own;
    }

    private double Number(Axis axis, double x, double y, Variation variation)
    {
        var (a, b) = (axis.ToUnit(x), axis.ToUnit(y));
        var own = a;
        if (x != y && variation.Uniform(2, axis.Dimension) < 0.5)
        {
            var u = variation.Uniform(4, axis.Dimension);
            var spread = u <= 0.5 ? Math.Pow(2 * u, 1 / (_spec.CrossoverEta + 1)) : Math.Pow(1 / (2 * (1 - u)), 1 / (_spec.CrossoverEta + 1));
            var side = variation.Uniform(5, axis.Dimension) < 0.5 ? 1 : -1;
            own = 0.5 * (a + b + (side * spread * (a - b)));
        }

        if (variation.Uniform(3, axis.Dimension) < _mutation)
        {
            var u = variation.Uniform(6, axis.Dimension);
            own += u < 0.5 ? Math.Pow(2 * u, 1 / (_spec.MutationEta + 1)) - 1 : 1 - Math.Pow(2 * (1 - u), 1 / (_spec.MutationEta + 1));
        }

        return x == y && own == a ? x : axis.FromUnit(Math.Clamp(own, 0, 1));
    }
}
