using Sweep.Search.Functions;
using Sweep.Search.Samplers;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Spaces;

namespace Sweep.Search.Tests.Functions;

public class BuiltInFunctionTests
{
    [Theory]
    [InlineData("sphere", new[] { 0.0, 0, 0, 0 }, 0)]
    [InlineData("sphere", new[] { 1.0, 2, -3, 4 }, 30)]
    [InlineData("ellipsoid", new[] { 1.0, 1, 1, 1 }, 1010101)]
    [InlineData("rosenbrock", new[] { 1.0, 1, 1, 1 }, 0)]
    [InlineData("rosenbrock", new[] { 0.0, 0, 0, 0 }, 3)]
    [InlineData("ackley", new[] { 0.0, 0, 0, 0 }, 0)]
    [InlineData("branin", new[] { -Math.PI, 12.275 }, 0.39788735772973816)]
    [InlineData("branin", new[] { Math.PI, 2.275 }, 0.39788735772973816)]
    [InlineData("branin", new[] { 3 * Math.PI, 2.475 }, 0.39788735772973816)]
    [InlineData("hartmann6", new[] { 0.20168952, 0.15001069, 0.47687398, 0.27533243, 0.31165162, 0.65730054 }, -3.322368011415515)]
    public void Value_AtAKnownPoint_IsTheClosedForms(string name, double[] x, double expected)
    {
        var configuration = new Configuration(x.Select((v, i) => KeyValuePair.Create($"x{i}", ParameterValue.Of(v))));
        Assert.Equal(expected, BuiltInFunctions.Find(name)!.At(configuration, 1), 1e-9);
    }

    [Fact]
    public void MixedConditional_AtItsMinimum_IsZero()
    {
        var best = Configuration.Parse(
            """{"optimizer":"momentum","optimizer.momentum":0.9,"lr":0.05,"schedule":"exponential","schedule.gamma":0.85,"depth":4}""");
        var function = BuiltInFunctions.Find("mixed_conditional")!;
        Assert.True(function.Space.Contains(best));
        Assert.Equal(0, function.At(best, 1), 1e-12);
    }

    [Fact]
    public void NoValue_LiesBelowTheMinimum()
    {
        foreach (var name in BuiltInFunctions.Names)
        {
            var function = BuiltInFunctions.Find(name)!;
            var sampler = new RandomSampler(function.Space, 5);
            for (var number = 0; number < 2000; number++)
            {
                Assert.True(function.At(sampler.Suggest(number)!, 1000) >= function.Minimum, name);
            }
        }
    }

    [Fact]
    public void Curves_OfOneSpeed_AreRankedByQualityAtEveryResource_AndOtherwiseCross()
    {
        var curves = BuiltInFunctions.Find("curves")!;
        double At(double quality, double slowness, int step) => curves.At(
            new Configuration([new("quality", ParameterValue.Of(quality)), new("slowness", ParameterValue.Of(slowness))]), step);
        for (var step = 1; step <= 81; step++)
        {
            Assert.True(At(0.2, 0.5, step) < At(0.4, 0.5, step));
        }

        Assert.True(At(0.1, 1, 1) > At(0.4, 0, 1));
        Assert.True(At(0.1, 1, 81) < At(0.4, 0, 81));

        // 0.05 + 0.9/4 = 0.275, after two half-lives of 5 steps: 0.275 + 0.725/4.
        Assert.Equal(0.45625, At(0.5, 0.5, 10), 1e-15);
    }

    [Fact]
    public void Noise_DependsOnSeedTrialReplicateAndStep_AndHasTheGivenDeviation()
    {
        var sphere = BuiltInFunctions.Find("sphere", 1)!;
        var zero = new Configuration([new("x0", ParameterValue.Of(0.0))]);
        var values = Enumerable.Range(0, 2000).Select(number => sphere.At(zero, 1, 0.5, 7, number, number % 3)).ToArray();
        Assert.Equal(values[9], sphere.At(zero, 1, 0.5, 7, 9, 0));
        Assert.NotEqual(values[9], sphere.At(zero, 2, 0.5, 7, 9, 0));
        Assert.NotEqual(values[9], sphere.At(zero, 1, 0.5, 7, 9, 1));
        Assert.Equal(0, values.Average(), 0.05);
        Assert.Equal(0.25, values.Average(v => v * v), 0.03);
        Assert.Equal(0, sphere.At(zero, 1, 0, 7, 9, 0));
    }

    [Fact]
    public void AMissingParameter_IsNamed() => Assert.Contains(
        "x0", Assert.Throws<SweepException>(() => BuiltInFunctions.Find("sphere")!.At(new Configuration([]), 1)).Message, StringComparison.Ordinal);
}
