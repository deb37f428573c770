namespace Sweep.Training.Randomness;

/// <summary>SplitMix64, and independent seeds from one: counter-based, so that any of them can be had without those before it.</summary>
/// <remarks>The finaliser of SplitMix64 (Steele, Lea, Flood 2014), applied once for each part.</remarks>
public static class Seeds
{
    /// <summary>What SplitMix64 counts in: 2⁶⁴ divided by the golden ratio, odd.</summary>
    internal const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The seed for one purpose of a trial, e.g. the shuffle of epoch 3.</summary>
    public static ulong Derive(ulong seed, SeedPurpose purpose, long index = 0) =>
        Mix(Mix(Mix(seed) ^ (ulong)purpose) ^ (ulong)index);

    /// <summary>A bijection of 64 bits in which every bit of the input reaches every bit of the output.</summary>
    public static ulong Mix(ulong value) => Finalise(value + Golden);

    /// <summary>The finaliser alone, which leaves 0 as it is.</summary>
    internal static ulong Finalise(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
