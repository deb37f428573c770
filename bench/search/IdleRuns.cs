using System.Text.Json;
using Sweep.Search.Functions;
using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Asha;
using Sweep.Search.Pruners.Halving;
using Sweep.Search.Runs;
using Sweep.Search.Samplers;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Samplers.Tpe;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Bench.Search;

/// <summary>What a virtual order costs: how long slots wait for it when trials take different times. Time is simulated, nothing sleeps.</summary>
internal static class IdleRuns
{
    private const int Trials = 81;
    private const int Epochs = 27;
    private const int Ahead = 2;

    private static readonly (string Name, SamplerOptions Sampler, PrunerOptions? Pruner)[] Methods =
    [
        ("random", new RandomOptions(), null),
        ("halving", new RandomOptions(), new HalvingOptions(1, Epochs, 3)),
        ("asha", new RandomOptions(), new AshaOptions(1, Epochs, 3, false)),
        ("tpe", new TpeOptions(), null),
        ("tpe, asha", new TpeOptions(), new AshaOptions(1, Epochs, 3, false)),
    ];

    internal static int Print(int slots, int seeds)
    {
        foreach (var (name, sampler, pruner) in Methods)
        {
            foreach (var parallel in (int[])[slots, 2 * slots, 4 * slots])
            {
                foreach (var spread in (double[])[0, 0.5])
                {
                    var shares = new List<double>();
                    for (var seed = 0; seed < seeds; seed++)
                    {
                        var spec = Searches.Spec(BuiltInFunctions.Find("curves")!.Space, sampler, Trials, Epochs, seed, pruner, parallel);
                        shares.Add(IdleShare(spec, slots, spread));
                    }

                    Console.WriteLine(JsonSerializer.Serialize(new { method = name, slots, parallel, spread, idle_percent = Math.Round(100 * shares.Average(), 1), most = Math.Round(100 * shares.Max(), 1) }));
                }
            }
        }

        return 0;
    }

    /// <summary>The share of the slots' time, from start to end, in which they had nothing to do.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="slots">How many trials may run at once.</param>
    /// <param name="spread">Standard deviation of the logarithm of the time that an epoch of a configuration takes; log-normal.</param>
    private static double IdleShare(SweepSpec spec, int slots, double spread)
    {
        var search = new SweepSearch(spec);
        var function = BuiltInFunctions.Find("curves")!;
        var waiting = new SortedDictionary<int, Leg>();
        var running = new PriorityQueue<Leg, (double End, int Number)>();
        var paused = new Dictionary<int, Leg>();
        var (now, busy) = (0.0, 0.0);
        while (true)
        {
            Apply(search.Settle(Room(), isIdle: false));
            foreach (var suggestion in search.Suggest(Room()))
            {
                var luck = function.At(suggestion.Configuration, 1, deviation: 1, spec.Search.Seed, suggestion.Number, 0) - function.At(suggestion.Configuration, 1);
                waiting.Add(suggestion.Number, new Leg(suggestion.Number, suggestion.Configuration, 0, suggestion.Granted, Math.Exp(spread * luck)));
            }

            if (waiting.Count + running.Count == 0)
            {
                Apply(search.Settle(0, isIdle: true));
                if (search.IsFinished)
                {
                    return 1 - (busy / (slots * now));
                }

                continue;
            }

            while (running.Count < slots && waiting.Count > 0)
            {
                var (number, leg) = waiting.First();
                waiting.Remove(number);
                running.Enqueue(leg, (now + leg.EpochTime, number));
            }

            running.TryDequeue(out var ended, out var at);
            now = at.End;
            busy += ended!.EpochTime;
            if (ended.At + 1 < ended.Granted)
            {
                // An epoch is reported, and the slot goes on with the next.
                var next = ended with { At = ended.At + 1 };
                search.Pass(next.Number, next.At);
                running.Enqueue(next, (now + next.EpochTime, next.Number));
                continue;
            }

            paused[ended.Number] = ended;
            var curve = Enumerable.Range(1, ended.Granted).Select(step => (double?)function.At(ended.Configuration, step)).ToList();
            var state = ended.Granted < spec.MaxResourceOf(ended.Configuration) ? TrialState.Paused : TrialState.Completed;
            Apply(search.Observe(new TrialResult(ended.Number, 0, state, ended.Granted, ended.Granted, [curve[^1]]) { Curve = curve }));
        }

        int Room() => Math.Max(0, (Ahead * slots) - waiting.Count - running.Count);

        void Apply(IReadOnlyList<SearchDecision> decisions)
        {
            foreach (var decision in decisions)
            {
                if (decision.Kind == SearchDecisionKind.Promote)
                {
                    var leg = paused[decision.Number];
                    waiting[decision.Number] = leg with { At = leg.Granted, Granted = decision.Resource };
                }
            }
        }
    }

    private sealed record Leg(int Number, Configuration Configuration, int At, int Granted, double EpochTime);
}
