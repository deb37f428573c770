using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Evolution;

/// <summary>Regularized evolution: the best of a few drawn from the newest trials is changed in one parameter.</summary>
/// <remarks>
/// Real et al. (2019), "Regularized evolution for image classifier architecture search", algorithm 1. The population is the P newest
/// trials with a result, by number, so the oldest dies whatever its value; until there are P, draws are random. A number moves by a
/// normal step on its scale, a choice to another value; what becomes active is drawn at random. Failed trials lose every tournament.
/// </remarks>
public sealed class EvolutionSampler : LearningSampler
{
    private const int Tries = 64;

    private readonly EvolutionOptions _spec;

    /// <summary>A sampler over a space.</summary>
    /// <param name="goal">Of the first objective, the only one it looks at.</param>
    public EvolutionSampler(EvolutionOptions spec, Space space, ObjectiveGoal goal, long seed, DuplicateRule? rule = null)
        : base(space, [goal], seed, rule)
    {
        _spec = spec;
    }

    private protected override SpacePoint? Propose(int number)
    {
        if (Observations.WithResult < _spec.Population)
        {
            return null;
        }

        var population = Newest();
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var variation = new Variation(Space, Seed, number, attempt);
            if (Parent(population, variation) is { } parent && Mutate(parent, variation) is { } child && Points.TryTake(child))
            {
                return child;
            }
        }

        return null;
    }

    private List<ObservedTrial> Newest()
    {
        var population = new List<ObservedTrial>(_spec.Population);
        for (var i = Observations.Trials.Count - 1; i >= 0 && population.Count < _spec.Population; i--)
        {
            if (Observations.Trials[i].HasResult)
            {
                population.Add(Observations.Trials[i]);
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
        var free = Space.Axes.Where(axis => axis.Kind != AxisKind.Constant && !double.IsNaN(parent.Coordinates[axis.Dimension])).ToArray();
        if (free.Length == 0)
        {
            return null;
        }

        var changed = free[(int)(variation.Uniform(2, 0) * free.Length)];
        return Space.Compose(dimension =>
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
