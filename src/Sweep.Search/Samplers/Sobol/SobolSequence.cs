using System.Numerics;
using Sweep.Search.Randomness;

namespace Sweep.Search.Samplers.Sobol;

/// <summary>Sobol's sequence in the order of the Gray code (Antonov and Saleev 1979), as in SciPy.</summary>
/// <remarks>
/// Scrambled as by Matoušek (1998), "On the L2-discrepancy for anchored boxes": a random lower triangular matrix over the bits of the
/// direction numbers, then a random digital shift. The balance of the sequence survives, and point zero is no longer the origin.
/// </remarks>
internal sealed class SobolSequence : IPointSequence
{
    private const int Bits = 53;
    private const int Columns = 31;
    private const double Unit = 1.0 / (1L << Bits);

    private readonly ulong[] _directions;
    private readonly ulong[] _shifts;

    /// <summary>A sequence in as many dimensions.</summary>
    /// <param name="dimensions">At most <see cref="SobolTable.Dimensions"/>.</param>
    /// <param name="seed">Of the scrambling; null for the bare sequence.</param>
    internal SobolSequence(int dimensions, long? seed)
    {
        if (dimensions > SobolTable.Dimensions)
        {
            throw new ArgumentOutOfRangeException(
                nameof(dimensions), dimensions, $"the Sobol sequence has direction numbers for {SobolTable.Dimensions} dimensions: take the sampler halton or random");
        }

        _directions = new ulong[dimensions * Columns];
        _shifts = new ulong[dimensions];
        var row = 0;
        for (var dimension = 0; dimension < dimensions; dimension++)
        {
            var columns = _directions.AsSpan(dimension * Columns, Columns);
            row = Fill(columns, dimension, row);
            if (seed is { } key)
            {
                Scramble(columns, dimension, key);
                _shifts[dimension] = Philox.Bits(key, dimension, SamplerPurpose.SobolShift, 0) >> (64 - Bits);
            }
        }
    }

    /// <inheritdoc/>
    public double At(int index, int dimension)
    {
        var gray = (uint)index ^ ((uint)index >> 1);
        var x = _shifts[dimension];
        while (gray != 0)
        {
            x ^= _directions[(dimension * Columns) + BitOperations.TrailingZeroCount(gray)];
            gray &= gray - 1;
        }

        return x * Unit;
    }

    /// <summary>Direction numbers of a dimension, the most significant bit first.</summary>
    /// <returns>Where the next dimension's row begins.</returns>
    private static int Fill(Span<ulong> columns, int dimension, int row)
    {
        if (dimension == 0)
        {
            for (var i = 0; i < Columns; i++)
            {
                columns[i] = 1UL << (Bits - 1 - i);
            }

            return row;
        }

        var polynomial = (uint)SobolTable.Rows[row];
        var degree = BitOperations.Log2(polynomial);
        for (var i = 0; i < Columns; i++)
        {
            if (i < degree)
            {
                columns[i] = (ulong)SobolTable.Rows[row + 1 + i] << (Bits - 1 - i);
                continue;
            }

            // Joe and Kuo, equation 2: the polynomial's bits between the first and the last pick the earlier numbers.
            columns[i] = columns[i - degree] ^ (columns[i - degree] >> degree);
            for (var k = 1; k < degree; k++)
            {
                if (((polynomial >> (degree - k)) & 1) != 0)
                {
                    columns[i] ^= columns[i - k];
                }
            }
        }

        return row + 1 + degree;
    }

    private static void Scramble(Span<ulong> columns, int dimension, long seed)
    {
        Span<ulong> matrix = stackalloc ulong[Bits];
        for (var bit = 0; bit < Bits; bit++)
        {
            // Row by row from the most significant bit: itself, and at random those above it.
            var own = 1UL << (Bits - 1 - bit);
            var above = ~((own << 1) - 1) & ((1UL << Bits) - 1);
            matrix[bit] = own | (Philox.Bits(seed, dimension, SamplerPurpose.SobolMatrix, bit) & above);
        }

        foreach (ref var column in columns)
        {
            var scrambled = 0UL;
            for (var bit = 0; bit < Bits; bit++)
            {
                var parity = (ulong)BitOperations.PopCount(matrix[bit] & column) & 1;
                scrambled |= parity << (Bits - 1 - bit);
            }

            column = scrambled;
        }
    }
}
