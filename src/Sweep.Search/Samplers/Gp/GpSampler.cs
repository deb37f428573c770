using Sweep.Search.Randomness;
using Sweep.Search.Samplers.Halton;
using Sweep.Search.Samplers.Sobol;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Gp;

/// <summary>Bayesian optimization: a Gaussian process of the losses, and the point with the largest expected improvement.</summary>
/// <remarks>
/// <para>
/// Jones, Schonlau and Welch (1998), "Efficient global optimization of expensive black-box functions", with a Matérn-5/2 kernel and a
/// length scale for each parameter (<see cref="GpKernel"/>), fitted by maximum a posteriori (<see cref="GpFit"/>). Numbers are modelled on
/// their scale, categorical values one-hot; an inactive number is taken to be in the middle of its range, an inactive choice to be none:
/// the value that it hangs on tells the cases apart.
/// </para>
/// <para>
/// The model takes the values at the largest resource with enough trials. Failed, diverged and NaN trials have the worst value. A pending
/// trial counts with the value that the model expects (the kriging believer of Ginsbourger et al. 2010). Of more than 300 trials it takes
/// the 150 best and the 150 newest others; hyperparameters rest on at most 100, half and half likewise, and are fitted anew with every
/// trial up to 30, every fifth up to 100, every twentieth from there on.
/// </para>
/// </remarks>
public sealed class GpSampler : LearningSampler
{
    private const int Most = 300;
    private const int MostForFit = 100;

    private readonly GpOptions _spec;
    private readonly IPointSequence _sequence;
    private readonly bool[] _isCategorical;
    private (int Number, double Target)[] _fitted = [];
    private double[] _hyperparameters = [];

    /// <summary>A sampler over a space.</summary>
    /// <param name="goal">Of the first objective, the only one it looks at.</param>
    public GpSampler(GpOptions spec, Space space, ObjectiveGoal goal, long seed, DuplicateRule? rule = null)
        : base(space, [goal], seed, rule)
    {
        _spec = spec;
        _sequence = space.Dimensions <= SobolTable.Dimensions ? new SobolSequence(space.Dimensions, seed) : new HaltonSequence(space.Dimensions, seed);
        _isCategorical = [.. Free.Select(axis => axis.Kind != AxisKind.Numeric)];
    }

    private protected override SpacePoint? Propose(int number) => Observations.WithResult < _spec.StartupTrials ? Start(number) : FromModel(number);

    private SpacePoint? Start(int number) =>
        Space.Compose(d => Space.Axes[d].Draw(_sequence.At(number, d))) is { } point && Points.TryTake(point) ? point : null;

    private SpacePoint? FromModel(int number)
    {
        var level = Observations.Level(Math.Min(_spec.StartupTrials, Observations.Scored));
        if (Observations.Scored < 2 || level is not { } resource)
        {
            return null;
        }

        var known = Observations.Trials
            .Where(trial => trial.Standing == TrialStanding.Worst || (trial.Standing == TrialStanding.Scored && trial.Reports.ContainsKey(resource)))
            .Select(trial => (Trial: trial, Loss: trial.Standing == TrialStanding.Scored ? trial.Reports[resource][0] : double.NaN))
            .ToList();
        var taken = Thin(known, Most);
        var targets = GpTargets.Standardise([.. taken.Select(k => k.Loss)]);
        var x = taken.Select(k => GpSearch.Features(Free, k.Trial.Coordinates)).ToList();
        var kernel = new GpKernel(_isCategorical, Hyperparameters(known));
        var process = new GaussianProcess(kernel, [.. x], targets);
        var y = targets.ToList();
        foreach (var trial in Observations.Trials)
        {
            if (trial.Standing == TrialStanding.Pending)
            {
                var features = GpSearch.Features(Free, trial.Coordinates);
                x.Add(features);
                y.Add(process.Predict(features).Mean);
            }
        }

        process = x.Count > taken.Count ? new GaussianProcess(kernel, [.. x], [.. y]) : process;
        var best = targets.Min();
        var search = new GpSearch(Space, Free, features =>
        {
            var (mean, deviation) = process.Predict(features);
            return ExpectedImprovement.Log(mean, deviation, best);
        });
        foreach (var place in search.Best(_sequence, (1 + (number * _spec.Candidates)) & 0x3FFFFFFF, _spec.Candidates, Around(taken, number)))
        {
            if (Points.TryTake(place.Point))
            {
                return place.Point;
            }
        }

        return null;
    }

    /// <summary>Places near the best trials, closer and closer.</summary>
    private IEnumerable<double[]> Around(List<(ObservedTrial Trial, double Loss)> taken, int number)
    {
        var best = taken.Where(k => !double.IsNaN(k.Loss)).OrderBy(k => k.Loss).ThenBy(k => k.Trial.Number).Take(4).ToArray();
        for (var i = 0; i < 8 * best.Length; i++)
        {
            var from = best[i % best.Length].Trial.Coordinates;
            var width = Math.Pow(10, -1 - (i / best.Length / 3.0));
            var at = i;
            yield return [.. Space.Axes.Select((axis, d) => double.IsNaN(from[d])
                ? (axis.Kind == AxisKind.Numeric ? 0.5 : 0)
                : axis.Kind != AxisKind.Numeric
                    ? from[d]
                    : Math.Clamp(axis.ToUnit(from[d]) + (width * Philox.Normal(Seed, number, SamplerPurpose.GaussianProcess + (uint)at, d)), 0, 1))];
        }
    }

    private double[] Hyperparameters(List<(ObservedTrial Trial, double Loss)> known)
    {
        var count = known.Count <= 30 ? known.Count : known.Count <= 100 ? known.Count / 5 * 5 : known.Count / 20 * 20;
        var taken = Thin(known.GetRange(0, count), MostForFit);
        var targets = GpTargets.Standardise([.. taken.Select(k => k.Loss)]);
        var basis = taken.Select((k, i) => (k.Trial.Number, targets[i])).ToArray();
        if (!basis.AsSpan().SequenceEqual(_fitted))
        {
            _fitted = basis;
            _hyperparameters = GpFit.Fit(_isCategorical, [.. taken.Select(k => GpSearch.Features(Free, k.Trial.Coordinates))], targets);
        }

        return _hyperparameters;
    }

    /// <summary>Half of them the best, half the newest of the others; by number.</summary>
    private static List<(ObservedTrial Trial, double Loss)> Thin(List<(ObservedTrial Trial, double Loss)> known, int most)
    {
        if (known.Count <= most)
        {
            return known;
        }

        var ranked = known.OrderBy(k => double.IsNaN(k.Loss)).ThenBy(k => k.Loss).ThenBy(k => k.Trial.Number).ToList();
        return [.. ranked.Take(most / 2).Concat(ranked.Skip(most / 2).OrderByDescending(k => k.Trial.Number).Take(most - (most / 2))).OrderBy(k => k.Trial.Number)];
    }
}
