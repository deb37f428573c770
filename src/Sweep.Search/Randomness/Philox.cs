namespace Sweep.Search.Randomness;

/// <summary>
/// A counter-based generator: numbers are a function of (seed, counter) with no state between them, so that the same suggestion
/// comes out whoever asks, in whatever order, on every platform.
/// </summary>
/// <remarks>Philox4x32-10 of Salmon et al. (2011), "Parallel random numbers: as easy as 1, 2, 3".</remarks>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    /// <param name="number">The trial's number.</param>
    /// <param name="purpose">What it is for, and which try.</param>
    /// <param name="dimension">Which of the numbers for that purpose.</param>
    internal static double Uniform(long seed, int number, uint purpose, int dimension) =>
        (Bits(seed, number, purpose, dimension) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A standard normal number: the quantile of a uniform one.</summary>
    internal static double Normal(long seed, int number, uint purpose, int dimension) =>
        Spaces.NormalCurve.Quantile(((Bits(seed, number, purpose, dimension) >> 12) + 0.5) * (1.0 / (1UL << 52)));

    /// <summary>64 random bits.</summary>
    internal static ulong Bits(long seed, int number, uint purpose, int dimension)
    {
        var block = Block(((uint)number, purpose, (uint)dimension, 0), (uint)seed, (uint)((ulong)seed >> 32));
        return ((ulong)block.Y << 32) | block.X;
    }

    /// <summary>The bare block function.</summary>
    internal static (uint X, uint Y, uint Z, uint W) Block((uint X, uint Y, uint Z, uint W) counter, uint key0, uint key1)
    {
        var (x, y, z, w) = counter;
        for (var round = 0; round < Rounds; round++)
        {
            var a = (ulong)Multiplier0 * x;
            var b = (ulong)Multiplier1 * z;
            (x, y, z, w) = ((uint)(b >> 32) ^ y ^ key0, (uint)b, (uint)(a >> 32) ^ w ^ key1, (uint)a);
            unchecked
            {
                key0 += Weyl0;
                key1 += Weyl1;
            }
        }

        return (x, y, z, w);
    }
}
