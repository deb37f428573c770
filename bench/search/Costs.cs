using System.Diagnostics;
using System.Globalization;
using Sweep.Search.Pruners.Asha;
using Sweep.Search.Runs;
using Sweep.Search.Samplers;
using Sweep.Search.Samplers.Grid;
using Sweep.Search.Samplers.Halton;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Samplers.Sobol;
using Sweep.Search.Samplers.Tpe;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Bench.Search;

/// <summary>What a suggestion and a decision take when there are many trials.</summary>
internal static class Costs
{
    private const int Late = 10_000;
    private const int Early = 1_000;

    internal static int Print()
    {
        var failed = false;
        void Row(string what, (double Median, double Fastest) cost, double limit)
        {
            failed |= cost.Median > limit;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {what} | {cost.Median:0.0} | {cost.Fastest:0.0} | {limit:0} | {(cost.Median <= limit ? "pass" : "FAIL")} |"));
        }

        Console.WriteLine("| at trial 10,000 | µs, median | fastest | limit of the median | |\n|---|---|---|---|---|");
        Row("random", Suggestion(new RandomOptions(), Space(), Late, 2000), 20);
        Row("sobol", Suggestion(new SobolOptions(), Space(), Late, 2000), 20);
        Row("halton", Suggestion(new HaltonOptions(), Space(), Late, 2000), 20);
        Row("grid", Suggestion(new GridOptions(false), Grid(), Late, 2000), 20);
        Row("grid, shuffled", Suggestion(new GridOptions(true), Grid(), Late, 2000), 20);

        // Once unmeasured: the first suggestions pay for compilation.
        Suggestion(new TpeOptions(), Space(), Early, 200);
        var early = Suggestion(new TpeOptions(), Space(), Early, 100);
        var late = Suggestion(new TpeOptions(), Space(), Late, 100);
        Row("tpe", late, 5000);
        Row("tpe, against 3 times its cost at trial 1,000", late, 3 * early.Median);
        Row("asha: a result, its decisions and the next suggestion", AshaDecision(), 50);
        return failed ? 1 : 0;
    }

    /// <summary>Ten parameters: five logarithmic, three uniform, two choices.</summary>
    private static Space Space() => new(
        [
            .. Enumerable.Range(0, 5).Select(i => Always($"log{i}", new ContinuousDistribution(new LogUniformScale(), 1e-5, 1))),
            .. Enumerable.Range(0, 3).Select(i => Always($"uniform{i}", new ContinuousDistribution(new UniformScale(), 0, 1))),
            Always("optimizer", new ValuesDistribution([.. "sgd momentum rmsprop adam".Split(' ').Select(ParameterValue.Of)])),
            Always("schedule", new ValuesDistribution([.. "constant cosine step".Split(' ').Select(ParameterValue.Of)])),
        ],
        []);

    private static Space Grid() => new(
        [.. Enumerable.Range(0, 10).Select(i => Always($"p{i}", new LatticeDistribution(new UniformScale(), 0, 1, 4, whole: true)))], []);

    private static Parameter Always(string name, Distribution distribution) => new(name, [new Alternative(distribution, [])]);

    private static (double Median, double Fastest) Suggestion(SamplerOptions spec, Space space, int trials, int count)
    {
        var sampler = spec.Create(space, [ObjectiveGoal.Minimize], 1);
        var random = new RandomSampler(space, 2);
        if (spec is TpeOptions)
        {
            for (var number = 0; number < trials; number++)
            {
                sampler.Restore(number, random.Suggest(number)!);
                sampler.Update(Result(number));
            }
        }

        for (var number = trials; number < trials + 20; number++)
        {
            sampler.Suggest(number);
            sampler.Update(Result(number));
        }

        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var number = trials + 20 + i;
            var start = Stopwatch.GetTimestamp();
            sampler.Suggest(number);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            sampler.Update(Result(number));
        }

        return Summary(times);
    }

    private static TrialResult Result(int number) => new(number, 0, TrialState.Completed, 1, 1, [Math.Sin(number * 0.7)]);

    private static (double Median, double Fastest) AshaDecision()
    {
        var spec = Searches.Spec(Space(), new RandomOptions(), 2 * Late, 81, 1, new AshaOptions(1, 81, 3, false), parallel: 8);
        var search = new SweepSearch(spec);
        var waiting = new Queue<(int Number, int Granted)>();
        var times = new List<double>();
        while (search.Suggested < Late + 1000)
        {
            var start = Stopwatch.GetTimestamp();
            foreach (var suggestion in search.Suggest(8))
            {
                waiting.Enqueue((suggestion.Number, suggestion.Granted));
            }

            var (number, granted) = waiting.Dequeue();
            var decisions = search.Observe(new TrialResult(number, 0, granted < 81 ? TrialState.Paused : TrialState.Completed, granted, granted, [Math.Sin(number * 0.7)]));
            var elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            if (search.Suggested >= Late)
            {
                times.Add(elapsed);
            }

            foreach (var decision in decisions)
            {
                if (decision.Kind == SearchDecisionKind.Promote)
                {
                    waiting.Enqueue((decision.Number, decision.Resource));
                }
            }
        }

        return Summary([.. times]);
    }

    private static (double Median, double Fastest) Summary(double[] values)
    {
        Array.Sort(values);
        return (values[values.Length / 2], values[0]);
    }
}
