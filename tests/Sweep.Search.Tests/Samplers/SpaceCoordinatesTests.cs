using Sweep.Search.Samplers;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Spaces;

namespace Sweep.Search.Tests.Samplers;

public class SpaceCoordinatesTests
{
    [Fact]
    public void Coordinates_OfAConfiguration_ComposeItAgain()
    {
        foreach (var space in new[] { TestSpaces.Conditional(), TestSpaces.Finite(), TestSpaces.Constant() })
        {
            var random = new RandomSampler(space, 1);
            for (var number = 0; number < 200 && random.Suggest(number) is { } configuration; number++)
            {
                var coordinates = space.CoordinatesOf(configuration)!;
                Assert.Equal(configuration, space.Compose(d => coordinates[d])!.Value.ToConfiguration());
                var rounded = space.Compose(d => space.Axes[d].Backward(space.Axes[d].Forward(coordinates[d])))!.Value.ToConfiguration();
                var again = space.CoordinatesOf(rounded)!;
                for (var d = 0; d < coordinates.Length; d++)
                {
                    Assert.Equal(double.IsNaN(coordinates[d]), double.IsNaN(again[d]));
                    if (!double.IsNaN(coordinates[d]))
                    {
                        Assert.Equal(coordinates[d], again[d], 1e-9 * Math.Max(1, Math.Abs(coordinates[d])));
                    }
                }
            }
        }
    }

    [Fact]
    public void Coordinates_OfAForeignConfiguration_AreNull() =>
        Assert.Null(TestSpaces.Finite().CoordinatesOf(new Configuration([new("a", ParameterValue.Of("w"))])));

    [Theory]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(-1, 3)]
    [InlineData(4, 9)]
    public void Probability_IsTheInverseOfTheQuantile(double low, double high)
    {
        var scale = new NormalScale(1, 0.8);
        for (var u = 0.05; u < 1; u += 0.1)
        {
            Assert.Equal(u, scale.Probability(scale.Quantile(u, low, high), low, high), 1e-12);
        }
    }
}
