using Sweep.Search.Randomness;
using Sweep.Search.Runs;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Cmaes;

/// <summary>CMA-ES over the unconditional numeric parameters, each on its scale; categorical and conditional ones are drawn at random beside it.</summary>
/// <remarks>
/// <para>
/// Hansen (2016), "The CMA evolution strategy: a tutorial". The distribution lives in the unit cube: a draw outside of it is repeated, the
/// hundredth is clipped. Whole numbers keep a margin (<see cref="CmaMargin"/>). Restarts double the population (Auger and Hansen 2005).
/// </para>
/// <para>
/// Trials run at once: every suggestion is drawn from the present distribution, and a generation ends with λ first results, in the order
/// of the trials' numbers before they are ranked. A result of an earlier generation's trial, or of one that was given, counts in the
/// present one with its step cut to a usual length. Failed, diverged and NaN trials rank last; canceled ones count for nothing. Unlike
/// with the other samplers the state depends on which results came before which suggestion.
/// </para>
/// </remarks>
public sealed class CmaesSampler : LearningSampler
{
    private const int Tries = 100;

    private readonly CmaesOptions _spec;
    private readonly Axis[] _axes;
    private readonly int[] _placeOf;
    private readonly Dictionary<int, Draw> _draws = [];
    private readonly SortedDictionary<int, ObservedTrial> _generation = [];
    private CmaState? _state;
    private int _run;
    private int _generations;

    /// <summary>A sampler over a space.</summary>
    /// <param name="goal">Of the first objective, the only one it looks at.</param>
    public CmaesSampler(CmaesOptions spec, Space space, ObjectiveGoal goal, long seed, DuplicateRule? rule = null)
        : base(space, [goal], seed, rule)
    {
        _spec = spec;
        _axes = [.. space.Axes.Where(axis => axis is { Kind: AxisKind.Numeric, IsConditional: false })];
        _placeOf = new int[space.Dimensions];
        Array.Fill(_placeOf, -1);
        for (var i = 0; i < _axes.Length; i++)
        {
            _placeOf[_axes[i].Dimension] = i;
        }

        if (_axes.Length > 0)
        {
            _state = Start([.. _axes.Select(_ => 0.5)]);
        }
    }

    private protected override SpacePoint? Propose(int number)
    {
        for (var attempt = 0; attempt < Tries && _state is not null; attempt++)
        {
            if (At(number, attempt) is { } found && Points.TryTake(found.Point))
            {
                _draws[number] = new Draw(found.X, _run, _generations);
                return found.Point;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override void Restore(int number, Configuration configuration)
    {
        base.Restore(number, configuration);
        for (var attempt = 0; attempt < Tries && _state is not null; attempt++)
        {
            if (At(number, attempt) is { } found && found.Point.ToConfiguration().Equals(configuration))
            {
                _draws[number] = new Draw(found.X, _run, _generations);
                return;
            }
        }
    }

    /// <inheritdoc/>
    public override void Update(TrialResult result)
    {
        if (_state is null || Observations.Update(result) is not { } trial)
        {
            return;
        }

        if (trial.Standing == TrialStanding.Dropped)
        {
            _generation.Remove(trial.Number);
            return;
        }

        if (trial.IsCounted || (_draws.TryGetValue(trial.Number, out var draw) && draw.Run != _run))
        {
            return;
        }

        trial.IsCounted = true;
        _generation.Add(trial.Number, trial);
        if (_generation.Count == _state.Parameters.Population)
        {
            EndGeneration(_state);
        }
    }

    private void EndGeneration(CmaState state)
    {
        var ranked = _generation.Values.ToList();
        ranked.Sort(ObservedTrial.Compare);
        state.Update([.. ranked.Select(Place)], ranked[0].Loss, ranked[^1].Loss);
        for (var i = 0; i < _axes.Length; i++)
        {
            if (_axes[i].Count > 1)
            {
                state.Correct(i, _axes[i]);
            }
        }

        _generation.Clear();
        _generations++;
        if (_spec.Restarts && state.IsOver)
        {
            _run++;
            _state = Start([.. _axes.Select((_, i) => Philox.Uniform(Seed, _run, SamplerPurpose.CmaStart, i))]);
        }
    }

    private CmaState Start(double[] mean)
    {
        var population = _spec.Population ?? CmaParameters.DefaultPopulation(_axes.Length);
        return new CmaState(new CmaParameters(_axes.Length, population << Math.Min(_run, 8)), mean, _spec.Sigma);
    }

    private (double[] X, bool IsForeign) Place(ObservedTrial trial) =>
        _draws.TryGetValue(trial.Number, out var draw)
            ? (draw.X, draw.Generation != _generations)
            : ([.. _axes.Select(axis => axis.ToUnit(trial.Coordinates[axis.Dimension]))], true);

    private (double[] X, SpacePoint Point)? At(int number, int attempt)
    {
        var z = new double[_axes.Length];
        for (var i = 0; i < z.Length; i++)
        {
            z[i] = Philox.Normal(Seed, number, SamplerPurpose.CmaNormal + (uint)attempt, i);
        }

        var x = _state!.Sample(z);
        if (attempt < Tries - 1 && Array.Exists(x, v => v is < 0 or > 1))
        {
            return null;
        }

        for (var i = 0; i < x.Length; i++)
        {
            x[i] = Math.Clamp(x[i], 0, 1);
        }

        var point = Space.Compose(dimension => _placeOf[dimension] is >= 0 and var place
            ? _axes[place].FromUnit(x[place])
            : Space.Axes[dimension].Draw(Philox.Uniform(Seed, number, SamplerPurpose.RandomDraw + (uint)attempt, dimension)));
        return point is { } found ? (x, found) : null;
    }

    /// <summary>A point as it was drawn, before it was rounded.</summary>
    private sealed record Draw(double[] X, int Run, int Generation);
}
