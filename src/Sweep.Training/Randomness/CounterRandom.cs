using System.Runtime.InteropServices;

namespace Sweep.Training.Randomness;

/// <summary>Random numbers by counting: SplitMix64 (Steele, Lea &amp; Flood 2014, figure 15), the same on every platform.</summary>
/// <remarks>Number n depends on the seed, the purpose and n alone.</remarks>
[StructLayout(LayoutKind.Auto)]
internal struct CounterRandom(long seed, ulong purpose)
{
    // Mixed twice, so that neighbouring seeds and purposes begin far apart.
    private ulong _state = Seeds.Finalise(Seeds.Mix((ulong)seed) ^ purpose);

    public ulong Next()
    {
        var number = Seeds.Mix(_state);
        _state += Seeds.Golden;
        return number;
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
}
