using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sweep.Training.Data;

/// <summary>Exact sums over pixels.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct PixelSums
{
    // A 32-bit lane takes four squares of a byte from each vector: 16,384 · 4 · 255² is just below 2³².
    private const int Block = 16_384;

    private ulong _sum;
    private ulong _squares;
    private ulong _count;

    public void Add(ReadOnlySpan<byte> pixels)
    {
        _count += (ulong)pixels.Length;
        while (pixels.Length >= Vector<byte>.Count)
        {
            var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(pixels);
            vectors = vectors[..Math.Min(vectors.Length, Block)];
            AddBlock(vectors);
            pixels = pixels[(vectors.Length * Vector<byte>.Count)..];
        }

        foreach (var pixel in pixels)
        {
            _sum += pixel;
            _squares += (ulong)(pixel * pixel);
        }
    }

    public readonly Normalization ToNormalization()
    {
        // n² · variance, in whole numbers: no rounding before the root.
        var variance = ((UInt128)_count * _squares) - ((UInt128)_sum * _sum);
        var scale = 255.0 * _count;
        var deviation = variance == 0 ? 1 : Math.Sqrt((double)variance) / scale;
        return new Normalization([(float)(_sum / scale)], [(float)deviation]);
    }

    // Optimised from the first call: one pass over a data set is all that this is there for.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddBlock(ReadOnlySpan<Vector<byte>> vectors)
    {
        var (sum, squares) = (Vector<uint>.Zero, Vector<uint>.Zero);
        foreach (var vector in vectors)
        {
            Vector.Widen(vector, out var low, out var high);

            // 255² fits 16 bits; a sum of two such does not.
            Vector.Widen(low + high, out var a, out var b);
            Vector.Widen(low * low, out var c, out var d);
            Vector.Widen(high * high, out var e, out var f);
            sum += a + b;
            squares += c + d + e + f;
        }

        for (var i = 0; i < Vector<uint>.Count; i++)
        {
            _sum += sum[i];
            _squares += squares[i];
        }
    }
}
