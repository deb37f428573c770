using Sweep.Search.Randomness;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Bohb;

/// <summary>BOHB's model: near a good trial, the candidate with the largest ratio of the good trials' density to that of the others, at the largest resource with enough trials.</summary>
/// <remarks>
/// Falkner, Klein and Hutter (2018), "BOHB: robust and efficient hyperparameter optimization at scale", algorithm 2 and its reference
/// implementation HpBandSter. Of n trials at a resource max(N_min, q n) are good and max(N_min, (1 − q) n) of the others bad; a resource has
/// enough with N_min + 2. Failed, diverged and NaN trials are bad ones. What is inactive in a trial has a value drawn at random, the same
/// each time. Brackets are the pruner's business.
/// </remarks>
public sealed class BohbSampler : LearningSampler
{
    private const double Least = 1e-32;

    private readonly BohbOptions _spec;
    private readonly int[] _placeOf;
    private readonly int _minPoints;

    /// <summary>A sampler over a space.</summary>
    /// <param name="goal">Of the first objective, the only one it looks at.</param>
    public BohbSampler(BohbOptions spec, Space space, ObjectiveGoal goal, long seed, DuplicateRule? rule = null)
        : base(space, [goal], seed, rule)
    {
        _spec = spec;
        _placeOf = new int[space.Dimensions];
        Array.Fill(_placeOf, -1);
        for (var i = 0; i < Free.Length; i++)
        {
            _placeOf[Free[i].Dimension] = i;
        }

        _minPoints = Math.Max(spec.MinPoints ?? Free.Length + 1, 2);
    }

    private protected override SpacePoint? Propose(int number) =>
        Philox.Uniform(Seed, number, SamplerPurpose.BohbChoice, 0) < _spec.RandomFraction ? null : FromModel(number);

    /// <summary>How many of n trials are good, and how many bad.</summary>
    internal (int Good, int Bad) Split(int n) =>
        (Math.Max(_minPoints, (int)(_spec.Top * n)), Math.Max(_minPoints, (int)((1 - _spec.Top) * n)));

    private SpacePoint? FromModel(int number)
    {
        if (Free.Length == 0 || Observations.Level(_minPoints + 2) is not { } level)
        {
            return null;
        }

        var ranked = Observations.Trials
            .Where(trial => trial.Standing == TrialStanding.Worst || (trial.Standing == TrialStanding.Scored && trial.Reports.ContainsKey(level)))
            .OrderBy(trial => trial.Standing == TrialStanding.Worst)
            .ThenBy(trial => trial.Standing == TrialStanding.Worst ? 0 : trial.Reports[level][0])
            .ThenBy(trial => trial.Number)
            .ToList();
        var (good, bad) = Split(ranked.Count);
        var l = new KernelDensity(Free, [.. ranked.Take(good).Select(Vector)], _spec.MinBandwidth);
        var g = new KernelDensity(Free, [.. ranked.Skip(good).Take(bad).Select(Vector)], _spec.MinBandwidth);
        var candidates = new (double[] X, double Ratio)[_spec.Candidates];
        for (var i = 0; i < candidates.Length; i++)
        {
            var x = Draw(l, number, i);
            candidates[i] = (x, Math.Max(Least, g.At(x)) / Math.Max(Least, l.At(x)));
        }

        foreach (var (x, _) in candidates.OrderBy(candidate => candidate.Ratio))
        {
            var point = Space.Compose(dimension => _placeOf[dimension] switch
            {
                < 0 => 0,
                var place when Free[place].Kind == AxisKind.Categorical => x[place],
                var place => Free[place].FromUnit(x[place]),
            });
            if (point is { } found && Points.TryTake(found))
            {
                return found;
            }
        }

        return null;
    }

    private double[] Vector(ObservedTrial trial) => [.. Free.Select(axis =>
    {
        var own = trial.Coordinates[axis.Dimension];
        var coordinate = double.IsNaN(own) ? axis.Draw(Philox.Uniform(Seed, trial.Number, SamplerPurpose.BohbImputed, axis.Dimension)) : own;
        return axis.Kind == AxisKind.Categorical ? coordinate : axis.ToUnit(coordinate);
    })];

    private double[] Draw(KernelDensity good, int number, int candidate)
    {
        double Uniform(int use) => Philox.Uniform(Seed, number, SamplerPurpose.BohbPlace, (candidate * ((2 * Free.Length) + 1)) + use);

        var near = good.Points[(int)(Uniform(0) * good.Points.Count)];
        var x = new double[Free.Length];
        for (var a = 0; a < x.Length; a++)
        {
            var u = Uniform(1 + (2 * a));
            if (Free[a].Kind == AxisKind.Categorical)
            {
                x[a] = u < 1 - good.Bandwidths[a] ? near[a] : Math.Floor(Uniform(2 + (2 * a)) * Free[a].Count);
                continue;
            }

            var width = good.Bandwidths[a] * _spec.BandwidthFactor;
            var from = NormalCurve.Probability(-near[a] / width);
            var to = NormalCurve.Probability((1 - near[a]) / width);
            x[a] = Math.Clamp(near[a] + (width * NormalCurve.Quantile(from + (u * (to - from)))), 0, 1);
        }

        return x;
    }
}
