using Sweep.Search.Functions;
using Sweep.Search.Samplers.Cmaes;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Tests.Samplers;

public class CmaesSamplerTests
{
    /// <summary>The mean over ten seeds of tests/reference/cmaes_evaluations.py: python3-cmaes 0.9.1, same start, σ₀, population and target.</summary>
    [Theory]
    [InlineData("sphere", -3, 7, 692)]
    [InlineData("rosenbrock", -2, 2, 1836)]
    [InlineData("ellipsoid", -3, 7, 1527)]
    public void FiveDimensions_AreSolvedAsFastAsByPythonsCmaes(string name, double low, double high, int evaluations)
    {
        var space = TestSpaces.Of([.. Enumerable.Range(0, 5).Select(i => TestSpaces.Uniform($"x{i}", low, high))]);
        var function = BuiltInFunctions.Find(name, 5)!;
        var counts = Enumerable.Range(0, 10).Select(seed => Evaluations(new CmaesOptions(), space, function, seed)).ToArray();
        Assert.True(counts.Order().ElementAt(5) < 1.25 * evaluations, $"{name}: {string.Join(' ', counts)}");
        Assert.True(counts.Average() < 3 * evaluations, $"{name}: {string.Join(' ', counts)}");
    }

    [Fact]
    public void Parameters_AreThoseOfTheTutorial()
    {
        // cmaes.CMA(mean=zeros(5), sigma=1): popsize, mu_eff, c1, cmu, c_sigma, d_sigma, cc and weights of python3-cmaes 0.9.1.
        var p = new CmaParameters(5, CmaParameters.DefaultPopulation(5));
        Assert.Equal(8, p.Population);
        Assert.Equal(2.6001788261131793, p.MuEff, 1e-12);
        Assert.Equal(0.047292304159400896, p.C1, 1e-12);
        Assert.Equal(0.03816916070385781, p.CMu, 1e-12);
        Assert.Equal(0.3650883760934854, p.CSigma, 1e-12);
        Assert.Equal(1.3650883760934853, p.DSigma, 1e-12);
        Assert.Equal(0.4501995579928079, p.Cc, 1e-12);
        double[] weights =
        [
            0.5299301844787792, 0.2857142857142857, 0.14285714285714282, 0.041498386949792215,
            -0.1672795068098809, -0.45674904775585873, -0.7014920573635213, -0.9134980955117175,
        ];
        Assert.All(weights.Zip(p.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WholeNumbersBesideReals_AreSolved(long seed)
    {
        var space = TestSpaces.Of(
            TestSpaces.Whole("n0", -20, 30), TestSpaces.Whole("n1", 0, 1), TestSpaces.Whole("n2", -5, 500), TestSpaces.Uniform("x0", -3, 7), TestSpaces.Log("x1", 1e-5, 1));
        var sampler = new CmaesSampler(new CmaesOptions(), space, ObjectiveGoal.Minimize, seed);
        var best = double.MaxValue;
        for (var number = 0; number < 1500; number++)
        {
            var v = sampler.Suggest(number)!.Entries.ToDictionary(e => e.Key, e => Convert.ToDouble(e.Value.ToObject()));
            var loss = Square(v["n0"] - 7) + Square(v["n1"] - 1) + Square((v["n2"] - 123) / 20) + Square(v["x0"]) + Square(Math.Log10(v["x1"]) + 3);
            best = Math.Min(best, loss);
            sampler.Update(Runs.Completed(number, loss));
        }

        Assert.True(best < 1e-6, $"{best}");
    }

    [Fact]
    public void Margin_OfAStuckInteger_IsRestored()
    {
        // A value from 0.4 to 0.6 with a deviation of 0.001 about 0.47: afterwards both neighbours have at least half the margin.
        var (mean, stretch) = CmaMargin.Correct(0.4, 0.6, 0.47, 0.001, 1, 0.02);
        Assert.InRange(NormalCurve.Probability((0.4 - mean) / (0.001 * stretch)), 0.0099, 0.02);
        Assert.InRange(NormalCurve.Probability((mean - 0.6) / (0.001 * stretch)), 0.0099, 0.02);

        // The highest value, from 0.8 on: the neighbour has the margin.
        (mean, stretch) = CmaMargin.Correct(0.8, null, 0.95, 0.001, 1, 0.02);
        Assert.Equal(0.02, NormalCurve.Probability((0.8 - mean) / (0.001 * stretch)), 1e-9);

        // Enough room: nothing happens.
        Assert.Equal((0.5, 1.5), CmaMargin.Correct(0.4, 0.6, 0.5, 0.3, 1.5, 0.02));
    }

    [Fact]
    public void WithEightTrialsAtOnce_TheSphereIsStillSolved()
    {
        var function = BuiltInFunctions.Find("sphere", 5)!;
        var space = TestSpaces.Of([.. Enumerable.Range(0, 5).Select(i => TestSpaces.Uniform($"x{i}", -3, 7))]);
        var sampler = new CmaesSampler(new CmaesOptions(), space, ObjectiveGoal.Minimize, 1);
        var best = double.MaxValue;
        var running = new Queue<(int Number, double Value)>();
        for (var number = 0; number < 1500; number++)
        {
            running.Enqueue((number, function.At(sampler.Suggest(number)!, 1)));
            if (running.Count == 8)
            {
                var (done, value) = running.Dequeue();
                best = Math.Min(best, value);
                sampler.Update(Runs.Completed(done, value));
            }
        }

        Assert.True(best < 1e-6, $"{best}");
    }

    private static double Square(double x) => x * x;

    private static int Evaluations(CmaesOptions spec, Space space, BuiltInFunction function, long seed)
    {
        var sampler = new CmaesSampler(spec, space, ObjectiveGoal.Minimize, seed);
        for (var number = 0; number < 20_000; number++)
        {
            var value = function.At(sampler.Suggest(number)!, 1);
            if (value <= 1e-8)
            {
                return number + 1;
            }

            sampler.Update(Runs.Completed(number, value));
        }

        return int.MaxValue;
    }
}
