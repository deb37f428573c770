using Sweep.Search.Pruners;
using Sweep.Search.Runs;
using Sweep.Search.Samplers;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Bench.Search;

/// <summary>Sweeps without silo and store: the search itself, told what each trial gives.</summary>
internal static class Searches
{
    /// <summary>A spec that minimizes, one trial after another.</summary>
    internal static SweepSpec Spec(Space space, SamplerOptions sampler, int trials, int epochs, long seed, PrunerOptions? pruner = null, int parallel = 1) => new(
        "bench", "", "", new TaskSpec(new Dictionary<string, ParameterValue>(), epochs), [new Objective("value", ObjectiveGoal.Minimize, ObjectiveOver.Last)],
        new SearchSpec(sampler, trials, seed, pruner) { Parallel = parallel }, space, null);

    /// <summary>Runs a sweep to the end or until what <paramref name="report"/> is told was enough. An epoch of each trial in turn, the lowest number first.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="value">Of a configuration after so many epochs.</param>
    /// <param name="report">Told each epoch's (configuration, step, value); false ends it.</param>
    internal static void Run(SweepSpec spec, Func<Configuration, int, double> value, Func<Configuration, int, double, bool> report)
    {
        var search = new SweepSearch(spec);
        var waiting = new SortedDictionary<int, (Configuration Configuration, int From, int Granted)>();
        var paused = new Dictionary<int, (Configuration Configuration, int At)>();
        while (!search.IsFinished)
        {
            Apply(search.Settle(1, isIdle: false));
            foreach (var suggestion in search.Suggest(waiting.Count == 0 ? 1 : 0))
            {
                waiting.Add(suggestion.Number, (suggestion.Configuration, 0, suggestion.Granted));
            }

            if (waiting.Count == 0)
            {
                Apply(search.Settle(0, isIdle: true));
                if (waiting.Count == 0 && !search.HasMore)
                {
                    return;
                }

                continue;
            }

            var (number, (configuration, from, granted)) = waiting.First();
            waiting.Remove(number);
            var curve = new List<double?>();
            for (var step = 1; step <= granted; step++)
            {
                curve.Add(value(configuration, step));
                if (step > from && !report(configuration, step, curve[^1]!.Value))
                {
                    return;
                }
            }

            paused[number] = (configuration, granted);
            var state = granted < spec.MaxResourceOf(configuration) ? TrialState.Paused : TrialState.Completed;
            Apply(search.Observe(new TrialResult(number, 0, state, granted, granted, [curve[^1]]) { Curve = curve }));
        }

        void Apply(IReadOnlyList<SearchDecision> decisions)
        {
            foreach (var decision in decisions)
            {
                if (decision.Kind == SearchDecisionKind.Promote)
                {
                    // What a donor gives is its weights: the curve goes on from its quality.
                    waiting[decision.Number] = (decision.Configuration ?? paused[decision.Number].Configuration, paused[decision.Number].At, decision.Resource);
                }
            }
        }
    }
}
