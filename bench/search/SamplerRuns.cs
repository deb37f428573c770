using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Sweep.Search.Functions;
using Sweep.Search.Samplers;
using Sweep.Search.Samplers.Bohb;
using Sweep.Search.Samplers.Cmaes;
using Sweep.Search.Samplers.Evolution;
using Sweep.Search.Samplers.Gp;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Samplers.Sobol;
using Sweep.Search.Samplers.Tpe;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Bench.Search;

/// <summary>Every sampler on the built-in functions: the best value after 25, 50, 100 and 200 evaluations.</summary>
internal static class SamplerRuns
{
    private static readonly int[] Counts = [25, 50, 100, 200];

    private static readonly string[] Functions = ["sphere", "rosenbrock", "branin", "hartmann6", "ackley", "mixed_conditional"];

    private static readonly (string Name, SamplerOptions Spec)[] Samplers =
    [
        ("random", new RandomOptions()),
        ("sobol", new SobolOptions()),
        ("tpe", new TpeOptions()),
        ("tpe scott", new TpeOptions { Bandwidth = TpeBandwidth.Scott }),
        ("tpe independent", new TpeOptions { Multivariate = false, Group = false, ConstantLiar = false }),
        ("cmaes", new CmaesOptions()),
        ("gp", new GpOptions()),
        ("evolution", new EvolutionOptions()),
        ("bohb", new BohbOptions()),
    ];

    internal static int Print(int jobs, int seeds, string[] only)
    {
        var runs = (from function in Functions
                    from sampler in Samplers
                    where only.Length == 0 || only.Contains(sampler.Name)
                    where sampler.Name != "cmaes" || function != "mixed_conditional"
                    from seed in Enumerable.Range(0, seeds)
                    select (Function: function, Sampler: sampler, Seed: seed)).ToArray();
        var lines = new ConcurrentDictionary<int, string>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs };
        Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, runs.Length), EnumerablePartitionerOptions.NoBuffering), options, i =>
        {
            var (function, sampler, seed) = runs[i];
            var clock = Stopwatch.StartNew();
            var best = BestSoFar(sampler.Spec, BuiltInFunctions.Find(function)!, seed);
            lines[i] = JsonSerializer.Serialize(new
            {
                sampler = sampler.Name,
                function,
                seed,
                best = Counts.ToDictionary(count => count.ToString(System.Globalization.CultureInfo.InvariantCulture), count => best[count - 1]),
                seconds = Math.Round(clock.Elapsed.TotalSeconds, 3),
            });
        });
        for (var i = 0; i < runs.Length; i++)
        {
            Console.WriteLine(lines[i]);
        }

        return 0;
    }

    /// <summary>Some values of each function, so that the peer can check that it minimizes the same ones.</summary>
    internal static int PrintPoints()
    {
        foreach (var name in Functions)
        {
            var function = BuiltInFunctions.Find(name)!;
            var sampler = new RandomSampler(function.Space, 1);
            for (var number = 0; number < 20; number++)
            {
                var point = sampler.Suggest(number)!;
                Console.WriteLine($"{{\"function\":\"{name}\",\"point\":{point.ToJson()},\"value\":{JsonSerializer.Serialize(function.At(point, 1))}}}");
            }
        }

        return 0;
    }

    private static double[] BestSoFar(SamplerOptions sampler, BuiltInFunction function, long seed)
    {
        var best = new List<double>();
        Searches.Run(
            Searches.Spec(function.Space, sampler, Counts[^1], 1, seed),
            function.At,
            (_, _, value) =>
            {
                best.Add(Math.Min(value, best.Count > 0 ? best[^1] : value));
                return true;
            });
        return [.. best];
    }
}
