using System.Runtime.InteropServices;

namespace Sweep.Training.Data;

/// <summary>Random numbers by counting: SplitMix64 (Steele, Lea &amp; Flood 2014, figure 15), the same on every platform.</summary>
/// <remarks>Number n depends on the seed, the purpose and n alone.</remarks>
[StructLayout(LayoutKind.Auto)]
internal struct CounterRandom(long seed, ulong purpose)
{
    private const ulong Golden = 0x9e3779b97f4a7c15;

    // Mixed twice, so that neighbouring seeds and purposes begin far apart.
    private ulong _state = Mix(Mix((ulong)seed + Golden) ^ purpose);

    public ulong Next()
    {
        _state += Golden;
        return Mix(_state);
    }

    /// <summary>A fair draw from 0 to bound − 1, without the bias of a remainder (Lemire 2019, algorithm 5).</summary>
    public uint Below(uint bound)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bound);
        var product = (Next() >> 32) * bound;
        if ((uint)product < bound)
        {
            var threshold = (0 - bound) % bound;
            while ((uint)product < threshold)
            {
                product = (Next() >> 32) * bound;
            }
        }

        return (uint)(product >> 32);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
