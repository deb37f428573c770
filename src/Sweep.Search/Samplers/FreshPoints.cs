using Sweep.Search.Randomness;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers;

/// <summary>Makes sure that no point comes twice, and finds another where one cannot be had; with <c>duplicates: allow</c> every point can be had.</summary>
/// <remarks>
/// A random point depends on (seed, number, try) alone. One that is taken or forbidden is drawn again. When that keeps happening in a
/// finite space, it is nearly used up and the points left are taken in an order given by the seed; an infinite one counts as used up.
/// Memory: one number for each point taken.
/// </remarks>
internal sealed class FreshPoints
{
    private const int Tries = 64;
    private const int TriesIfInfinite = 1000;

    private readonly Space _space;
    private readonly long _seed;
    private readonly double[] _quantiles;
    private readonly HashSet<ulong> _taken;
    private readonly Permutation? _lastPoints;
    private ulong _lastPosition;

    /// <summary>The points of a space, before any is proposed.</summary>
    /// <param name="rule">Its tried points are taken.</param>
    internal FreshPoints(Space space, long seed, DuplicateRule? rule = null)
    {
        _space = space;
        _seed = seed;
        _quantiles = new double[space.Dimensions];
        _taken = [.. rule?.Tried ?? []];
        Counts = rule is not { IsAllowed: true };
        if (Counts && space.NumberedSize is > 0 and { } size)
        {
            _lastPoints = new Permutation(size, seed, SamplerPurpose.LastPoints);
        }
    }

    /// <summary>Whether points are counted at all.</summary>
    internal bool Counts { get; }

    /// <summary>Whether every point is taken.</summary>
    internal bool IsExhausted => Counts && (ulong)_taken.Count >= _space.NumberedSize;

    /// <summary>Whether it may be had; if so, it is taken.</summary>
    internal bool TryTake(SpacePoint point) => !Counts || _taken.Add(_space.KeyOf(point));

    /// <summary>Takes the point of a trial that exists; one outside of the space counts for nothing.</summary>
    internal void Take(Configuration configuration)
    {
        if (Counts && _space.KeyOf(configuration) is { } key)
        {
            _taken.Add(key);
        }
    }

    /// <summary>A random point that is taken from now on; null when there is none left.</summary>
    internal SpacePoint? Random(int number)
    {
        var tries = _space.IsFinite ? Tries : TriesIfInfinite;
        for (var attempt = 0; attempt <= tries && !IsExhausted; attempt++)
        {
            for (var dimension = 0; dimension < _quantiles.Length; dimension++)
            {
                _quantiles[dimension] = Philox.Uniform(_seed, number, SamplerPurpose.RandomDraw + (uint)attempt, dimension);
            }

            if (_space.Draw(_quantiles, repair: attempt >= Tries) is { } point && TryTake(point))
            {
                return point;
            }
        }

        return !_space.IsFinite || IsExhausted ? null : Last();
    }

    private SpacePoint Last()
    {
        while (true)
        {
            var index = _lastPoints?.At(_lastPosition) ?? _lastPosition;
            _lastPosition++;
            var point = new SpacePoint(index, _space.At(index).Entries);
            if (TryTake(point))
            {
                return point;
            }
        }
    }
}
