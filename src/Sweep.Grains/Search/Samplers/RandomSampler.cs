using System.Numerics;
using Sweep.Grains.Search.Spaces;

namespace Sweep.Grains.Search.Samplers;

/// <summary>Independent draws from the parameters' distributions; in a finite space no point comes twice, and it ends with the last.</summary>
/// <remarks>
/// A draw depends on (seed, number, try) alone. A point that an earlier trial has, or that is forbidden, is drawn again; when that
/// keeps happening, the space is nearly used up and the points left are taken in an order given by the seed. Memory: the numbers of
/// the points taken, for a finite space only.
/// </remarks>
public sealed class RandomSampler : ISampler
{
    private const int Tries = 64;

    private readonly Space _space;
    private readonly long _seed;
    private readonly double[] _quantiles;
    private readonly BigInteger? _size;
    private readonly HashSet<BigInteger> _taken = [];
    private readonly Permutation? _lastPoints;
    private BigInteger _lastPosition;
    private int _next;

    public RandomSampler(Space space, long seed)
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

    /// <inheritdoc/>
    public Configuration? Suggest(int number)
    {
        if (_size is null)
        {
            return Draw(number, mayRepeat: true)?.ToConfiguration();
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(number, _next);
        while (_next < number && TakeNew() is not null)
        {
            // Earlier numbers, suggested before this sampler was made: what they took is found again.
        }

        return _next == number ? TakeNew()?.ToConfiguration() : null;
    }

    private SpacePoint? TakeNew()
    {
        if (_taken.Count == _size)
        {
            return null;
        }

        return Draw(_next++, mayRepeat: false) ?? TakeLast();
    }

    private SpacePoint? Draw(int number, bool mayRepeat)
    {
        for (var attempt = 0; attempt <= Tries; attempt++)
        {
            for (var dimension = 0; dimension < _quantiles.Length; dimension++)
            {
                _quantiles[dimension] = Philox.Uniform(_seed, number, SamplerPurpose.RandomDraw + (uint)attempt, dimension);
            }

            var point = _space.Draw(_quantiles, repair: attempt == Tries);
            if (point is { } found && (mayRepeat || _taken.Add(found.Index)))
            {
                return found;
            }
        }

        return null;
    }

    private SpacePoint TakeLast()
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
