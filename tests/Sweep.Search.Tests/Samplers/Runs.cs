using Sweep.Search.Functions;
using Sweep.Search.Runs;
using Sweep.Search.Samplers;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Samplers;

/// <summary>Searches without pruners, silos and stores.</summary>
internal static class Runs
{
    /// <summary>The best value so far after each trial.</summary>
    internal static double[] BestSoFar(SamplerOptions spec, BuiltInFunction function, int trials, long seed)
    {
        var sampler = spec.Create(function.Space, [ObjectiveGoal.Minimize], seed);
        var best = new double[trials];
        for (var number = 0; number < trials; number++)
        {
            var value = function.At(sampler.Suggest(number)!, 1);
            best[number] = number == 0 ? value : Math.Min(best[number - 1], value);
            sampler.Update(Completed(number, value));
        }

        return best;
    }

    internal static double Best(SamplerOptions spec, BuiltInFunction function, int trials, long seed) => BestSoFar(spec, function, trials, seed)[^1];

    internal static TrialResult Completed(int number, params double?[] values) => new(number, 0, TrialState.Completed, 1, 1, values);

    /// <summary>One-sided Mann-Whitney: the probability of so small values of x, were both distributed alike (normal approximation, without ties).</summary>
    internal static double MannWhitney(double[] x, double[] y)
    {
        var u = x.Sum(a => y.Sum(b => a < b ? 1.0 : a == b ? 0.5 : 0));
        double n = x.Length;
        double m = y.Length;
        var z = (u - (n * m / 2) - 0.5) / Math.Sqrt(n * m * (n + m + 1) / 12);
        return 1 - NormalCurve.Probability(z);
    }
}
