using System.Numerics;

namespace Sweep.Search.Randomness;

/// <summary>A pseudo-random order of 0 … size − 1 that needs no memory: a balanced Feistel network with cycle walking.</summary>
/// <remarks>Black and Rogaway (2002), "Ciphers with arbitrary finite domains". The domain is less than four times the size, so a walk takes under four steps on average.</remarks>
internal sealed class Permutation
{
    private const int Rounds = 8;

    private readonly ulong _size;
    private readonly long _seed;
    private readonly uint _purpose;
    private readonly int _halfBits;

    /// <summary>An order that depends on size, seed and purpose.</summary>
    /// <param name="size">From 1 to 2^62.</param>
    internal Permutation(ulong size, long seed, uint purpose)
    {
        ArgumentOutOfRangeException.ThrowIfZero(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1UL << 62);
        _size = size;
        _seed = seed;
        _purpose = purpose;
        var bits = size == 1 ? 1 : BitOperations.Log2(size - 1) + 1;
        _halfBits = (bits + 1) / 2;
    }

    /// <summary>The element at a position.</summary>
    internal ulong At(ulong position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(position, _size);
        var x = position;
        do
        {
            x = Encrypt(x);
        }
        while (x >= _size);
        return x;
    }

    private ulong Encrypt(ulong x)
    {
        var mask = (1UL << _halfBits) - 1;
        var left = x >> _halfBits;
        var right = x & mask;
        for (var round = 0; round < Rounds; round++)
        {
            var mixed = Philox.Bits(_seed, (int)(uint)right, _purpose, round) & mask;
            (left, right) = (right, left ^ mixed);
        }

        return (left << _halfBits) | right;
    }
}
