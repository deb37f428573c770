using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers;

/// <summary>Points of a Sobol or Halton sequence: trial n is point n, whatever the results. Each dimension that has something to choose is one of the sequence.</summary>
/// <remarks>
/// A point that is forbidden, or that an earlier trial has, is replaced by a random one (<see cref="FreshPoints"/>); so a finite space is exhausted without repetition, though less evenly towards its end.
/// </remarks>
public sealed class QuasiRandomSampler : ISampler
{
    private readonly Space _space;
    private readonly IPointSequence _sequence;
    private readonly int[] _places;
    private readonly double[] _quantiles;
    private readonly FreshPoints _points;
    private int _next;

    /// <summary>A sampler over a space.</summary>
    /// <param name="sequence">A sequence of so many dimensions.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sequence does not have so many dimensions.</exception>
    internal QuasiRandomSampler(Space space, long seed, DuplicateRule? rule, Func<int, IPointSequence> sequence)
    {
        _space = space;
        _points = new FreshPoints(space, seed, rule);
        _places = [.. space.Axes.Where(axis => axis.Kind != AxisKind.Constant).Select(axis => axis.Dimension)];
        _quantiles = new double[space.Dimensions];
        _sequence = sequence(_places.Length);
    }

    /// <summary>How many dimensions of a sequence a space takes.</summary>
    public static int DimensionsOf(Space space) => space.Axes.Count(axis => axis.Kind != AxisKind.Constant);

    /// <inheritdoc/>
    public Configuration? Suggest(int number)
    {
        if (!_points.Counts)
        {
            return At(number)?.ToConfiguration();
        }

        Replay(number);
        var point = _next == number ? At(number) : null;
        _next += point is null ? 0 : 1;
        return point?.ToConfiguration();
    }

    /// <inheritdoc/>
    public void Restore(int number, Configuration configuration)
    {
        if (_points.Counts)
        {
            Replay(number);
            _points.Take(configuration);
            _next = number + 1;
        }
    }

    /// <summary>Earlier numbers, suggested before this sampler was made: what they took is found again.</summary>
    private void Replay(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, _next);
        while (_next < number && At(_next) is not null)
        {
            _next++;
        }
    }

    private SpacePoint? At(int number)
    {
        for (var i = 0; i < _places.Length; i++)
        {
            _quantiles[_places[i]] = _sequence.At(number, i);
        }

        return _space.Draw(_quantiles) is { } point && _points.TryTake(point) ? point : _points.Random(number);
    }
}

/// <summary>Points that fill the unit cube evenly; each is a function of its index.</summary>
internal interface IPointSequence
{
    /// <summary>A coordinate in [0, 1) of a point.</summary>
    double At(int index, int dimension);
}
