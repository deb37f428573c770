using Sweep.Search.Randomness;

namespace Sweep.Search.Samplers.Halton;

/// <summary>Halton's sequence: dimension j is the radical inverse of the index in the j-th prime.</summary>
/// <remarks>Halton (1960). Scrambled as by Owen (2017), "A randomized Halton algorithm in R": a random permutation for each digit, leading zeros too.</remarks>
internal sealed class HaltonSequence : IPointSequence
{
    private readonly int[] _primes;
    private readonly ushort[][][]? _permutations;

    /// <summary>A sequence in as many dimensions.</summary>
    /// <param name="seed">Of the scrambling; null for the bare sequence.</param>
    internal HaltonSequence(int dimensions, long? seed)
    {
        _primes = Primes(dimensions);
        if (seed is { } key)
        {
            _permutations = new ushort[dimensions][][];
            for (var dimension = 0; dimension < dimensions; dimension++)
            {
                _permutations[dimension] = Permutations(_primes[dimension], dimension, key);
            }
        }
    }

    /// <inheritdoc/>
    public double At(int index, int dimension)
    {
        var prime = _primes[dimension];
        var scale = 1.0 / prime;
        var sum = 0.0;
        if (_permutations is null)
        {
            for (; index > 0; index /= prime)
            {
                sum += scale * (index % prime);
                scale /= prime;
            }

            return sum;
        }

        foreach (var permutation in _permutations[dimension])
        {
            sum += scale * permutation[index % prime];
            index /= prime;
            scale /= prime;
        }

        return Math.Min(sum, double.BitDecrement(1));
    }

    private static ushort[][] Permutations(int prime, int dimension, long seed)
    {
        // As many digits as a double tells apart.
        var digits = new ushort[(int)Math.Ceiling(54 / Math.Log2(prime))][];
        for (var digit = 0; digit < digits.Length; digit++)
        {
            var permutation = new ushort[prime];
            for (var i = 0; i < prime; i++)
            {
                var at = (int)(Philox.Uniform(seed, dimension, SamplerPurpose.HaltonDigits + (uint)digit, i) * (i + 1));
                permutation[i] = permutation[at];
                permutation[at] = (ushort)i;
            }

            digits[digit] = permutation;
        }

        return digits;
    }

    private static int[] Primes(int count)
    {
        var primes = new List<int>(count);
        for (var candidate = 2; primes.Count < count; candidate++)
        {
            if (primes.TrueForAll(prime => candidate % prime != 0))
            {
                primes.Add(candidate);
            }
        }

        return [.. primes];
    }
}
