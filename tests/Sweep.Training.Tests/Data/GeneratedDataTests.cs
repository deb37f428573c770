using Sweep.Training.Data;

namespace Sweep.Training.Tests.Data;

public class GeneratedDataTests
{
    [Theory]
    [InlineData("spirals", 2)]
    [InlineData("noisy_linear", 8)]
    public void Make_SameSeed_SameRows_OtherSeedOrTestSet_OtherRows(string name, int features)
    {
        var options = new DatasetOptions { Rows = 500, Seed = 3 };
        var set = Make(name, options);

        Assert.Equal((features, 2, 500), (set.Features, set.ClassCount, set.Train.Count));
        Assert.Equal(set.Train.Values, Make(name, options).Train.Values);
        Assert.NotEqual(set.Train.Values, Make(name, options with { Seed = 4 }).Train.Values);
        Assert.NotEqual(set.Train.Values, set.GetTest().Values);
        Assert.Equal(500, set.GetTest().Count);
        Assert.InRange(set.Train.Labels.Count(l => l == 1), 200, 300);
        Assert.True(set.HasTest);
        Assert.Empty(set.Train.Files);
    }

    [Fact]
    public void Spirals_WithoutNoise_LieOnTheirArms()
    {
        var set = Make("spirals", new DatasetOptions { Rows = 400, Noise = 0 });
        for (var i = 0; i < set.Train.Count; i++)
        {
            // Radius 2 s, angle 3π s + π c.
            var (x, y) = ((double)set.Train.Values![2 * i], (double)set.Train.Values[(2 * i) + 1]);
            var s = Math.Sqrt((x * x) + (y * y)) / 2;
            var angle = (3 * Math.PI * s) + (Math.PI * set.Train.Labels[i]);
            Assert.Equal(2 * s * Math.Cos(angle), x, tolerance: 1e-5);
            Assert.Equal(2 * s * Math.Sin(angle), y, tolerance: 1e-5);
        }
    }

    [Fact]
    public void NoisyLinear_Targets_VaryByOnePlusTheNoise()
    {
        // y = w·x + e with |w| = 1: its variance is 1 + 0.5². Twenty thousand rows give it to 3 %.
        var set = Make("noisy_linear", new DatasetOptions { Rows = 20_000, Noise = 0.5 });
        var targets = set.Train.Targets!;

        Assert.Equal(0, targets.Average(), 1);
        Assert.InRange(targets.Select(t => t * t).Average(), 1.2, 1.3);
        Assert.Equal(targets.Select(t => t > 0 ? 1L : 0), set.Train.Labels);
    }

    private static Dataset Make(string name, DatasetOptions options) => DatasetRegistry.Load(name, new DatasetLocations(null, "/nowhere"), options);
}
