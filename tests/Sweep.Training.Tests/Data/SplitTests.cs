using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sweep.Training.Data;
using Sweep.Training.Randomness;

namespace Sweep.Training.Tests.Data;

public class SplitTests
{
    private static readonly long[] Even = [.. Enumerable.Range(0, 60_000).Select(i => (long)(i * 7 % 10))];

    [Theory]
    [InlineData(60_000, 0.1, 6_000)]
    [InlineData(1_000, 0.25, 250)]
    [InlineData(7, 0.5, 4)]
    [InlineData(10, 0.05, 1)]
    [InlineData(13, 0.3, 4)]
    [InlineData(10, 0.0, 0)]
    public void Split_AnyFraction_HasExactlyTheRoundedSizeAndEveryIndexOnce(int n, double fraction, int size)
    {
        var split = Split.Create(Even.AsSpan(0, n), fraction, seed: 7);

        Assert.Equal(size, split.Validation.Length);
        Assert.Equal(Enumerable.Range(0, n), split.Train.Concat(split.Validation).Order());
        Assert.Equal(split.Train.Order(), split.Train);
        Assert.Equal(split.Validation.Order(), split.Validation);
    }

    [Fact]
    public void Split_SameSeed_IsTheSameOnEveryPlatform()
    {
        var split = Split.Create(Even, Split.DefaultValidationFraction, seed: 7);

        // By tests/reference/split.py, which implements the rule by itself. Another value here means that sweeps no longer repeat.
        Assert.Equal([5, 7, 10, 18, 46, 82, 88, 103], split.Validation[..8]);
        Assert.Equal("208609756aa66557c0bca840cceb198f5353664371ea4f38367ac5d137355cd9", Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(split.Validation.AsSpan()))));
    }

    [Fact]
    public void Split_OtherSeed_IsAnother()
    {
        var seven = Split.Create(Even, 0.1, 7).Validation;

        Assert.InRange(seven.Intersect(Split.Create(Even, 0.1, 8).Validation).Count(), 450, 750);
    }

    [Fact]
    public void Split_UnevenClasses_GivesEachItsShareToWithinOne()
    {
        long[] labels = [.. Enumerable.Range(0, 997).Select(i => i < 3 ? 5L : i % 13 == 0 ? 1 : 0)];
        var split = Split.Create(labels, 0.2, 3);

        foreach (var label in labels.Distinct())
        {
            Assert.InRange(split.Validation.Count(i => labels[i] == label) - (0.2 * labels.Count(l => l == label)), -1, 1);
        }
    }

    [Fact]
    public void Split_ClassOfOneMember_IsTrainedOnWhereOthersCanGiveOne()
    {
        // Half of 10 rows: both classes have the same remainder, and the lower one would give its only row.
        long[] labels = [0, .. Enumerable.Repeat(1L, 9)];

        var split = Split.Create(labels, 0.5, 3);

        Assert.Equal(5, split.Validation.Length);
        Assert.Equal(0, split.Train[0]);
    }

    [Fact]
    public void Split_OverManySeeds_TakesEachExampleEquallyOften()
    {
        // 4,000 draws of 3 from 30: each is taken 400 times, give or take five deviations of 19.
        var taken = new int[30];
        for (var seed = 0; seed < 4_000; seed++)
        {
            foreach (var i in Split.Create(new long[30], 0.1, seed).Validation)
            {
                taken[i]++;
            }
        }

        Assert.All(taken, count => Assert.InRange(count, 305, 495));
    }

    [Theory]
    [InlineData(-0.1, "is not at least 0 and less than 1")]
    [InlineData(1.0, "is not at least 0 and less than 1")]
    [InlineData(double.NaN, "is not at least 0 and less than 1")]
    [InlineData(0.99, "of 10 examples leaves none to train on")]
    public void Split_BadFraction_IsRefused(double fraction, string message) =>
        Assert.Contains(message, Assert.Throws<TrainingException>(() => Split.Create(new long[10], fraction, 1)).Message);

    [Fact]
    public void CounterRandom_MixedState_IsSplitMix64()
    {
        // Java's SplittableRandom and Vigna's splitmix64.c give these for state 0: 0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, ...
        // The state here is mixed from seed and purpose first, so the sequence is checked from that state on.
        var random = new CounterRandom(1, 2);
        var state = Reference(Reference(1 + 0x9e3779b97f4a7c15) ^ 2);
        for (var i = 0; i < 10; i++)
        {
            state += 0x9e3779b97f4a7c15;
            Assert.Equal(Reference(state), random.Next());
        }

        Assert.Equal(0xe220a8397b1dcdaf, Reference(0x9e3779b97f4a7c15));
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(3u)]
    [InlineData(10u)]
    public void CounterRandom_Below_IsFairAndInRange(uint bound)
    {
        var random = new CounterRandom(5, 0);
        var counts = new int[bound];
        for (var i = 0; i < 30_000; i++)
        {
            counts[random.Below(bound)]++;
        }

        Assert.All(counts, count => Assert.InRange(count * bound / 30_000.0, 0.9, 1.1));
    }

    private static ulong Reference(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
