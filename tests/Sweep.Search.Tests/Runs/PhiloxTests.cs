using Sweep.Search.Randomness;

namespace Sweep.Search.Tests.Runs;

public sealed class PhiloxTests
{
    // Random123's kat_vectors, philox4x32 with 10 rounds.
    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Block_IsRandom123s(uint a, uint b, uint c, uint d, uint k0, uint k1, uint x, uint y, uint z, uint w) =>
        Assert.Equal((x, y, z, w), Philox.Block((a, b, c, d), k0, k1));

    [Fact]
    public void Uniform_FillsTheUnitInterval()
    {
        var numbers = Enumerable.Range(0, 100_000).Select(n => Philox.Uniform(7, n, 3, 0)).ToArray();
        Assert.All(numbers, u => Assert.True(u >= 0 && u < 1));

        // The mean of 100,000 uniform numbers has a standard deviation of 0.0009.
        Assert.Equal(0.5, numbers.Average(), 0.004);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Permutation_HasEveryElementOnce(int size)
    {
        var permutation = new Permutation((ulong)size, 11, 1);
        Assert.Equal(Enumerable.Range(0, size).Select(i => (ulong)i), Enumerable.Range(0, size).Select(i => permutation.At((ulong)i)).Order());
    }

    [Fact]
    public void Permutations_AreEquallyLikely()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < 6000; seed++)
        {
            var permutation = new Permutation(3, seed, 1);
            var key = $"{permutation.At(0)}{permutation.At(1)}{permutation.At(2)}";
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 800, 1200));
    }
}
