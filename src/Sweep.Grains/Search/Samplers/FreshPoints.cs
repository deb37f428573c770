using System.Numerics;
using Sweep.Grains.Search.Spaces;

namespace Sweep.Grains.Search.Samplers;

/// <summary>Sees to it that no point of a finite space comes twice, and finds another where one cannot be had.</summary>
/// <remarks>
/// A random point depends on (seed, number, try) alone. One that is taken or forbidden is drawn again; when that keeps happening, the
/// space is nearly used up and the points left are taken in an order given by the seed. Memory: the numbers of the points taken, for a
/// finite space only.
/// </remarks>
internal sealed class FreshPoints
{
    private const int Tries = 64;

    private readonly Space _space;
    private readonly long _seed;
    private readonly double[] _quantiles;
    private readonly BigInteger? _size;
    private readonly HashSet<BigInteger> _taken = [];
    private readonly Permutation? _lastPoints;
    private BigInteger _lastPosition;

    internal FreshPoints(Space space, long seed)
    {
        _space = space;
        _seed = seed;
        _quantiles = new double[space.Dimensions];
        _size = space.Size;
        if (_size is { } size && size > 0 && size <= BigInteger.One << 62)
        {
            _lastPoints = new Permutation((ulong)size, seed, SamplerPurpose.LastPoints);
        }
    }

    /// <summary>Whether points are counted at all.</summary>
    internal bool IsFinite => _size is not null;

    /// <summary>Whether every point of a finite space is taken.</summary>
    internal bool IsExhausted => _taken.Count == _size;

    /// <summary>Whether it may be had; if so, it is taken.</summary>
    internal bool TryTake(SpacePoint point) => _size is null || _taken.Add(point.Index);

    /// <summary>Takes the point of a trial that exists; one outside of the space counts for nothing.</summary>
    internal void Take(Configuration configuration)
    {
        if (_space.IndexOf(configuration) is { } index)
        {
            _taken.Add(index);
        }
    }

    /// <summary>A random point that is taken from now on; null when there is none left.</summary>
    internal SpacePoint? Random(int number)
    {
        if (IsExhausted)
        {
            return null;
        }

        for (var attempt = 0; attempt <= Tries; attempt++)
        {
            for (var dimension = 0; dimension < _quantiles.Length; dimension++)
            {
                _quantiles[dimension] = Philox.Uniform(_seed, number, SamplerPurpose.RandomDraw + (uint)attempt, dimension);
            }

            if (_space.Draw(_quantiles, repair: attempt == Tries) is { } point && TryTake(point))
            {
                return point;
            }
        }

        return _size is null ? null : Last();
    }

    private SpacePoint Last()
    {
        while (true)
        {
            var index = _lastPoints?.At((ulong)_lastPosition) ?? _lastPosition;
            _lastPosition++;
            if (_taken.Add(index))
            {
                return new SpacePoint(index, _space.At(index).Entries);
            }
        }
    }
}
