using Sweep.Training.Randomness;

namespace Sweep.Training.Tests.RandomnessTests;

public sealed class ShuffleTests
{
    [Fact]
    public void Mix_OfZeroAndOn_IsSplitMix64()
    {
        // The first outputs of SplitMix64 seeded with 0 (Vigna's splitmix64.c): its state before output n is n times the increment.
        Assert.Equal(0xE220A8397B1DCDAFUL, Seeds.Mix(0));
        Assert.Equal(0x6E789E6AA1B965F4UL, Seeds.Mix(0x9E3779B97F4A7C15));
    }

    [Fact]
    public void Shuffle_OfOneSeed_IsOnePermutation()
    {
        int[] a = [.. Enumerable.Range(0, 1000)];
        int[] b = [.. a];
        int[] c = [.. a];
        Shuffle.InPlace(a, 1);
        Shuffle.InPlace(b, 1);
        Shuffle.InPlace(c, 2);
        Assert.Equal(a, b);
        Assert.NotEqual(a, c);
        Assert.Equal(Enumerable.Range(0, 1000), a.Order());
    }

    [Fact]
    public void Shuffle_OfThree_GivesEveryOrderAboutAsOften()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < 6000; seed++)
        {
            int[] items = [0, 1, 2];
            Shuffle.InPlace(items, Seeds.Derive((ulong)seed, SeedPurpose.Shuffle));
            var key = string.Concat(items);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, n => Assert.InRange(n, 850, 1150));
    }

    [Fact]
    public void Derive_OfAnotherPurposeOrIndex_IsAnotherSeed()
    {
        ulong[] seeds =
        [
            Seeds.Derive(1, SeedPurpose.Shuffle), Seeds.Derive(1, SeedPurpose.Shuffle, 1), Seeds.Derive(1, SeedPurpose.Dropout), Seeds.Derive(2, SeedPurpose.Shuffle),
        ];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
    }
}
