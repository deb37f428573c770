using Sweep.Grains.Search.Spaces;
using Sweep.Grains.Spec;

namespace Sweep.Grains.Search.Samplers.Evolution;

/// <summary>Regularized evolution: the best of a few drawn from the newest trials is changed in one parameter.</summary>
/// <remarks>
/// Real et al. (2019), "Regularized evolution for image classifier architecture search", algorithm 1. The population is the P newest
/// trials with a result, by number, so the oldest dies whatever its value; until there are P, draws are random. A number moves by a
/// normal step on its scale, a choice to another value; what becomes active is drawn at random. Failed trials lose every tournament.
/// </remarks>
public sealed class EvolutionSampler : ISampler
{
    private const int Tries = 64;

    private readonly EvolutionSpec _spec;
    private readonly Space _space;
    private readonly long _seed;
    private readonly FreshPoints _points;
    private readonly Observations _observations;

    /// <summary>A sampler over a space.</summary>
    /// <param name="goal">Of the first objective, the only one it looks at.</param>
    public EvolutionSampler(EvolutionSpec spec, Space space, ObjectiveGoal goal, long seed)
    {
        _spec = spec;
        _space = space;
        _seed = seed;
        _points = new FreshPoints(space, seed);
        _observations = new Observations(space, [goal]);
    }

    /// <inheritdoc/>
    public Configuration? Suggest(int number)
    {
        if ((Child(number) ?? _points.Random(number)) is not { } point)
        {
            return null;
        }

        var configuration = point.ToConfiguration();
        _observations.Add(number, configuration);
        return configuration;
    }

    /// <inheritdoc/>
    public void Restore(int number, Configuration configuration)
    {
        _points.Take(configuration);
        _observations.Add(number, configuration);
    }

    /// <inheritdoc/>
    public void Update(TrialResult result) => _observations.Update(result);

    private SpacePoint? Child(int number)
    {
        if (_observations.WithResult < _spec.Population || _points.IsExhausted)
        {
            return null;
        }

        var population = Newest();
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var variation = new Variation(_space, _seed, number, attempt);
            if (Parent(population, variation) is { } parent && Mutate(parent, variation) is { } child && _points.TryTake(child))
            {
                return child;
            }
        }

        return null;
    }

    private List<ObservedTrial> Newest()
    {
        var population = new List<ObservedTrial>(_spec.Population);
        for (var i = _observations.Trials.Count - 1; i >= 0 && population.Count < _spec.Population; i--)
        {
            if (_observations.Trials[i].HasResult)
            {
                population.Add(_observations.Trials[i]);
            }
        }

        return population;
    }

    private ObservedTrial? Parent(List<ObservedTrial> population, Variation variation)
    {
        var best = population[(int)(variation.Tournament(0) * population.Count)];
        for (var draw = 1; draw < _spec.SampleSize; draw++)
        {
            var next = population[(int)(variation.Tournament(draw) * population.Count)];
            best = ObservedTrial.Compare(next, best) < 0 ? next : best;
        }

        return best.Standing == TrialStanding.Scored ? best : null;
    }

    private SpacePoint? Mutate(ObservedTrial parent, Variation variation)
    {
        var free = _space.Axes.Where(axis => axis.Kind != AxisKind.Constant && !double.IsNaN(parent.Coordinates[axis.Dimension])).ToArray();
        if (free.Length == 0)
        {
            return null;
        }

        var changed = free[(int)(variation.Uniform(2, 0) * free.Length)];
        return _space.Compose(dimension =>
        {
            var own = parent.Coordinates[dimension];
            if (double.IsNaN(own))
            {
                return variation.Fresh(dimension);
            }

            return dimension != changed.Dimension ? own
                : changed.Kind == AxisKind.Categorical ? variation.Other(changed, own)
                : Move(changed, own, variation.Normal(3, dimension));
        });
    }

    private double Move(Axis axis, double coordinate, double z)
    {
        var from = axis.ToUnit(coordinate);
        var to = axis.FromUnit(Reflect(from + (z * _spec.Mutation)));

        // A step too small for a lattice goes one value on.
        return axis.Count == 0 || to != coordinate ? to
            : z < 0 && coordinate > 0 || coordinate == axis.Count - 1 ? coordinate - 1 : coordinate + 1;
    }

    private static double Reflect(double u)
    {
        var folded = Math.Abs(u % 2);
        return folded > 1 ? 2 - folded : folded;
    }
}
