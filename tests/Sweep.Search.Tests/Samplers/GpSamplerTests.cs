using Sweep.Search.Functions;
using Sweep.Search.Samplers.Gp;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Spec;

namespace Sweep.Search.Tests.Samplers;

public class GpSamplerTests
{
    private static readonly double[] Logs = [Math.Log(0.3), Math.Log(0.8), Math.Log(1.3), Math.Log(0.01)];

    private static readonly double[][] X = [.. Enumerable.Range(0, 9).Select(i => new[] { 7 * i % 11 / 11.0, 3 * i % 13 / 13.0 })];

    private static readonly double[] Y = [.. X.Select(x => Math.Sin(6 * x[0]) + (x[1] * x[1]) - 0.5)];

    [Fact]
    public void Process_WithGivenHyperparameters_IsSciPys()
    {
        // tests/reference/gp_scipy.py.
        var process = new GaussianProcess(new GpKernel([false, false], Logs), X, Y);
        Assert.Equal(-7.502654370603255, process.LogLikelihood, 1e-10);
        var (mean, deviation) = process.Predict([0.25, 0.5]);
        Assert.Equal(0.7527776905582948, mean, 1e-10);
        Assert.Equal(0.12669372196240103, deviation, 1e-10);
        (mean, deviation) = process.Predict([0.9, 0.1]);
        Assert.Equal(-1.2483612924161638, mean, 1e-10);
        Assert.Equal(0.5645621075272533, deviation, 1e-10);
    }

    [Fact]
    public void Gradient_IsThatOfTheLikelihood()
    {
        bool[] kinds = [false, true];
        double[][] x = [.. X.Select((v, i) => new[] { v[0], i % 3 })];
        var gradient = new GaussianProcess(new GpKernel(kinds, Logs), x, Y).Gradient();
        for (var i = 0; i < Logs.Length; i++)
        {
            double At(double step)
            {
                var logs = (double[])Logs.Clone();
                logs[i] += step;
                return new GaussianProcess(new GpKernel(kinds, logs), x, Y).LogLikelihood;
            }

            Assert.Equal((At(1e-5) - At(-1e-5)) / 2e-5, gradient[i], 1e-5);
        }
    }

    [Fact]
    public void Fit_FindsNoLowerDensityThanItsSurroundings()
    {
        var logs = GpFit.Fit([false, false], X, Y);
        double Density(double[] at) => new GaussianProcess(new GpKernel([false, false], at), X, Y).LogLikelihood + GpFit.AddPrior(at, new double[4]);
        for (var i = 0; i < logs.Length; i++)
        {
            foreach (var step in new[] { -0.05, 0.05 })
            {
                var near = (double[])logs.Clone();
                near[i] += step;
                Assert.True(Density(near) < Density(logs) + 1e-3, $"{i} {step}");
            }
        }
    }

    [Theory]
    [InlineData(2, 0.6973835457882284)]
    [InlineData(0, -0.9189385332046728)]
    [InlineData(-0.5, -1.6205162643873199)]
    [InlineData(-3, -7.869686059603029)]
    [InlineData(-8, -37.12236426169263)]
    [InlineData(-15, -118.84817068411358)]
    [InlineData(-40, -808.29856835662)]
    public void LogExpectedImprovement_FarOut_IsExact(double z, double expected) =>
        // mpmath with 60 digits, tests/reference/gp_scipy.py.
        Assert.Equal(expected, ExpectedImprovement.Log(0, 1, z), 1e-6);

    [Fact]
    public void Targets_AreStandardised_FailuresWorst_AndExtremesDrawnIn()
    {
        var targets = GpTargets.Standardise([1, 2, 3, 4, double.NaN, 1e200, double.NegativeInfinity, double.PositiveInfinity]);
        Assert.Equal(0, targets.Sum(), 1e-12);
        Assert.Equal(1, targets.Average(t => t * t), 1e-12);
        Assert.Equal(targets.Max(), targets[4]);
        Assert.Equal(targets[4], targets[5]);
        Assert.Equal(targets[0], targets[6]);
        Assert.True(targets[3] - targets[0] > 0.3);
        Assert.All(GpTargets.Standardise([7, 7, 7]), t => Assert.Equal(0, t));
    }

    [Theory]
    [InlineData("branin", 30)]
    [InlineData("hartmann6", 45)]
    public void Gp_BeatsRandom(string name, int trials)
    {
        var function = BuiltInFunctions.Find(name)!;
        var gp = Enumerable.Range(0, 6).Select(seed => Runs.Best(new GpOptions { Candidates = 64 }, function, trials, seed)).ToArray();
        var random = Enumerable.Range(0, 20).Select(seed => Runs.Best(new RandomOptions(), function, trials, seed)).ToArray();
        var p = Runs.MannWhitney(gp, random);
        Assert.True(p < 0.05, $"{name}: p {p}, GP {string.Join(' ', gp)}, random {random.Average()}");
    }
}
