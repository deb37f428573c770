using Sweep.Search.Randomness;
using Sweep.Search.Spaces;

namespace Sweep.Search.Samplers.Grid;

/// <summary>Every point of a finite space exactly once; a point is numbered with its conditions taken into account, so nothing is listed or remembered.</summary>
public sealed class GridSampler : ISampler
{
    private readonly Space _space;
    private readonly ulong _size;
    private readonly Permutation? _order;

    /// <summary>A grid over a finite space.</summary>
    /// <param name="space">With at most 2^62 points.</param>
    /// <param name="shuffled">In an order given by the seed; otherwise lexicographic, the last parameter changing fastest.</param>
    public GridSampler(Space space, bool shuffled, long seed)
    {
        _space = space;
        _size = (ulong)(space.Size ?? throw new ArgumentException("a grid needs a finite space", nameof(space)));
        _order = shuffled && _size > 0 ? new Permutation(_size, seed, SamplerPurpose.GridOrder) : null;
    }

    /// <inheritdoc/>
    public Configuration? Suggest(int number)
    {
        var position = (ulong)number;
        if (position >= _size)
        {
            return null;
        }

        return _space.At(_order?.At(position) ?? position);
    }
}
