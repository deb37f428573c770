using Sweep.Search.Functions;
using Sweep.Search.Samplers;
using Sweep.Search.Samplers.Bohb;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Samplers;

public class BohbSamplerTests
{
    [Fact]
    public void Density_OfAFewPoints_IsThatOfTheFormula()
    {
        // Bandwidths by hand: 1.06 σ n^(-1/6) with σ of (0.2, 0.4, 0.9) and of the codes (0, 0, 1).
        var space = TestSpaces.Of(TestSpaces.Uniform("x", 0, 1), TestSpaces.Choice("c", "a", "b", "d"));
        var density = new KernelDensity([.. space.Axes], [[0.2, 0], [0.4, 0], [0.9, 1]], 1e-3);
        var shrink = Math.Pow(3, -1 / 6.0);
        var h = 1.06 * Math.Sqrt(0.26 / 3) * shrink;
        var lambda = 1.06 * Math.Sqrt(2 / 9.0) * shrink;
        Assert.Equal(h, density.Bandwidths[0], 1e-12);
        Assert.Equal(lambda, density.Bandwidths[1], 1e-12);
        double Normal(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) / h;
        var expected = ((Normal(0.1 / h) * (1 - lambda)) + (Normal(0.1 / h) * (1 - lambda)) + (Normal(0.6 / h) * lambda / 2)) / 3;
        Assert.Equal(expected, density.At([0.3, 0]), 1e-12);
    }

    [Fact]
    public void Density_OfEqualPoints_HasTheLeastBandwidth() =>
        Assert.Equal(1e-3, new KernelDensity([.. TestSpaces.Box(1).Axes], [[0.5], [0.5]], 1e-3).Bandwidths[0]);

    [Theory]
    [InlineData(10, 3, 8)]
    [InlineData(100, 15, 85)]
    [InlineData(5, 3, 4)]
    public void Split_IsThatOfThePaper(int n, int good, int bad) =>
        Assert.Equal((good, bad), new BohbSampler(new BohbOptions(), TestSpaces.Box(2), ObjectiveGoal.Minimize, 1).Split(n));

    [Theory]
    [InlineData("branin")]
    [InlineData("hartmann6")]
    [InlineData("mixed_conditional")]
    public void Bohb_OverTwentySeeds_BeatsRandom(string name)
    {
        var function = BuiltInFunctions.Find(name)!;
        var bohb = Enumerable.Range(0, 20).Select(seed => Runs.Best(new BohbOptions(), function, 150, seed)).ToArray();
        var random = Enumerable.Range(0, 20).Select(seed => Runs.Best(new RandomOptions(), function, 150, seed)).ToArray();
        var p = Runs.MannWhitney(bohb, random);
        Assert.True(p < 0.05, $"{name}: p {p}, BOHB {bohb.Average()}, random {random.Average()}");
    }

    [Fact]
    public void Level_IsTheLargestResourceWithEnoughTrials()
    {
        var space = TestSpaces.Box(1);
        var observations = new Observations(space, [ObjectiveGoal.Minimize]);
        var random = new RandomSampler(space, 1);
        for (var number = 0; number < 9; number++)
        {
            observations.Add(number, random.Suggest(number)!);
            observations.Update(new(number, 0, TrialState.Paused, 1, 1, [number]));
            if (number < 4)
            {
                observations.Update(new(number, 0, TrialState.Paused, 3, 3, [number]));
            }

            if (number == 0)
            {
                observations.Update(new(number, 0, TrialState.Completed, 9, 9, [number]));
            }
        }

        Assert.Equal(ObservedTrial.Full, observations.Level(1));
        Assert.Equal(3, observations.Level(4));
        Assert.Equal(1, observations.Level(5));
        Assert.Null(observations.Level(10));
    }
}
