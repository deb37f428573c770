using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Halving;

namespace Sweep.Search.Tests.Pruners;

/// <summary>Rungs and sizes worked out by hand from Algorithm 1 of Li et al. (2018); n halves as in the text of the rule.</summary>
public sealed class HalvingBracketTests
{
    [Theory]
    [InlineData(1, 27, 3, new[] { 1, 3, 9, 27 })]
    [InlineData(1, 81, 3, new[] { 1, 3, 9, 27, 81 })]
    [InlineData(1, 243, 3, new[] { 1, 3, 9, 27, 81, 243 })]
    [InlineData(1, 1000, 10, new[] { 1, 10, 100, 1000 })]
    [InlineData(3, 9, 3, new[] { 3, 9 })]
    [InlineData(9, 9, 3, new[] { 9 })]
    [InlineData(4, 9, 3, new[] { 9 })]
    [InlineData(1, 100, 3, new[] { 1, 3, 11, 33, 100 })]
    [InlineData(2, 50, 4, new[] { 3, 12, 50 })]
    [InlineData(1, 10, 2, new[] { 1, 2, 5, 10 })]
    [InlineData(1, int.MaxValue, 2, null)]
    public void Rungs_AreWholeNumbers(int min, int max, int factor, int[]? expected)
    {
        var rungs = HalvingBracket.Rungs(min, max, factor);
        Assert.Equal(max, rungs[^1]);
        Assert.All(rungs, rung => Assert.True(rung >= min));
        Assert.Equal(rungs.Distinct().Order(), rungs);
        Assert.Equal(expected ?? rungs, rungs);
    }

    [Theory]
    [InlineData(27, 4, 3, new[] { 27, 9, 3, 1 })]
    [InlineData(81, 5, 3, new[] { 81, 27, 9, 3, 1 })]
    [InlineData(243, 6, 3, new[] { 243, 81, 27, 9, 3, 1 })]
    [InlineData(1000, 4, 10, new[] { 1000, 100, 10, 1 })]
    [InlineData(34, 4, 3, new[] { 34, 11, 3, 1 })]
    [InlineData(10, 4, 3, new[] { 10, 3, 1, 1 })]
    [InlineData(2, 3, 3, new[] { 2, 1, 1 })]
    public void Sizes_AreThoseOfTheTables(int trials, int rungs, int factor, int[] expected) =>
        Assert.Equal(expected, HalvingBracket.Sizes(trials, rungs, factor));
}
