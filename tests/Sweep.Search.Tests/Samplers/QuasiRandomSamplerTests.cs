using Sweep.Search.Samplers;
using Sweep.Search.Samplers.Halton;
using Sweep.Search.Samplers.Sobol;
using Sweep.Search.Spec;

namespace Sweep.Search.Tests.Samplers;

public class QuasiRandomSamplerTests
{
    [Fact]
    public void Sobol_Unscrambled_IsSciPys()
    {
        // scipy.stats.qmc.Sobol(d=2, scramble=False).random(8), SciPy 1.10.1.
        double[][] expected = [[0, 0], [.5, .5], [.75, .25], [.25, .75], [.375, .375], [.875, .875], [.625, .125], [.125, .625]];
        var sequence = new SobolSequence(2, null);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], new[] { sequence.At(i, 0), sequence.At(i, 1) });
        }
    }

    [Theory]
    [InlineData(777, new[] { 0.6923828125, 0.2744140625, 0.8994140625, 0.9384765625, 0.8427734375, 0.1181640625 })]
    [InlineData(1023, new[] { 0.0009765625, 0.1455078125, 0.6142578125, 0.0986328125, 0.2373046875, 0.7001953125 })]
    public void Sobol_InManyDimensions_IsSciPys(int index, double[] expected)
    {
        // scipy.stats.qmc.Sobol(d=128, scramble=False).random(1024), columns 0, 3, 31, 64, 100, 127.
        var sequence = new SobolSequence(128, null);
        Assert.Equal(expected, new[] { 0, 3, 31, 64, 100, 127 }.Select(d => sequence.At(index, d)));
    }

    [Theory]
    [InlineData(1, new[] { 0.5, 1 / 3.0 })]
    [InlineData(2, new[] { 0.25, 2 / 3.0 })]
    [InlineData(3, new[] { 0.75, 1 / 9.0 })]
    [InlineData(37, new[] { 0.640625, 0.38271604938271603, 0.48800000000000004, 0.8579881656804734, 0.6105860113421551, 0.0007304601899196494 })]
    [InlineData(99, new[] { 0.7734375, 0.07818930041152262, 0.9840000000000001, 0.6568047337278107, 0.3119092627599244, 0.6771365960555149 })]
    public void Halton_Unscrambled_IsSciPys(int index, double[] expected)
    {
        // scipy.stats.qmc.Halton(d=12, scramble=False).random(100), columns 0, 1, 2, 5, 8, 11.
        var sequence = new HaltonSequence(12, null);
        var columns = new[] { 0, 1, 2, 5, 8, 11 };
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], sequence.At(index, columns[i]), 1e-14);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(12345678901234)]
    public void Sobol_Scrambled_KeepsTheBalanceOfEveryDimension(long seed)
    {
        var sequence = new SobolSequence(20, seed);
        for (var dimension = 0; dimension < 20; dimension++)
        {
            var strata = Enumerable.Range(0, 256).Select(i => (int)(sequence.At(i, dimension) * 256)).ToHashSet();
            Assert.Equal(256, strata.Count);
            Assert.NotEqual(0, sequence.At(0, dimension));
        }
    }

    [Fact]
    public void Halton_Scrambled_KeepsTheBalanceOfEveryDimension()
    {
        var sequence = new HaltonSequence(10, 3);
        var primes = new[] { 2, 3, 5, 7, 11, 13, 17, 19, 23, 29 };
        for (var dimension = 0; dimension < 10; dimension++)
        {
            var count = primes[dimension] * primes[dimension];
            var strata = Enumerable.Range(0, count).Select(i => (int)(sequence.At(i, dimension) * count)).ToHashSet();
            Assert.Equal(count, strata.Count);
        }
    }

    [Fact]
    public void Sobol_MoreDimensionsThanTheTable_IsAClearError()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new SobolOptions().Create(TestSpaces.Box(129), [], 0));
        Assert.Contains("128 dimensions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Suggestions_AreThePointsOfTheTrialsNumber_AndConstantsTakeNoDimension()
    {
        var space = TestSpaces.Of(TestSpaces.Choice("c", "only"), TestSpaces.Uniform("x", 0, 10), TestSpaces.Uniform("y", -1, 1));
        var sampler = new SobolOptions(Scramble: false).Create(space, [], 0);
        Assert.Equal("""{"c":"only","x":7.5,"y":-0.5}""", sampler.Suggest(2)!.ToJson());
        Assert.Equal("""{"c":"only","x":1.25,"y":0.25}""", sampler.Suggest(7)!.ToJson());
    }
}
