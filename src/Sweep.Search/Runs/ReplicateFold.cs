using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Runs;

/// <summary>
/// Makes one result of those of a configuration's replicates: when all of them have reported at a resource or are over. It does not
/// depend on the order in which they come.
/// </summary>
/// <remarks>
/// A configuration is as good as the worst end of its replicates (Completed, Paused, Pruned, Canceled, Poisoned, Failed, Diverged): one that
/// diverges with one seed of three has diverged. A replicate that ended early by its own target or patience carries its value on.
/// </remarks>
public sealed class ReplicateFold(ReplicatesSpec spec, IReadOnlyList<ObjectiveGoal> goals)
{
    private readonly Dictionary<int, SortedDictionary<int, TrialResult?[]>> _rests = [];
    private readonly Dictionary<int, TrialResult?[]> _ends = [];
    private readonly Dictionary<int, int> _shown = [];

    /// <summary>The state of a configuration whose replicates are in these states.</summary>
    public static TrialState StateOf(IEnumerable<TrialState> states) => states.MaxBy(Severity);

    /// <summary>The same while some are still on their way: Waiting, or Paused when all of those are.</summary>
    public static TrialState StandingOf(IReadOnlyList<TrialState> states)
    {
        var open = states.Where(state => !state.IsOver()).ToList();
        return open.Count == 0 ? StateOf(states) : open.TrueForAll(state => state == TrialState.Paused) ? TrialState.Paused : TrialState.Waiting;
    }

    /// <summary>Takes a replicate's result, and gives those of the configuration that it completes, the lower resource first.</summary>
    internal IReadOnlyList<TrialResult> Add(TrialResult result)
    {
        var number = result.Number;
        var rests = GetOrAdd(_rests, number, () => []);
        var ends = GetOrAdd(_ends, number, () => new TrialResult?[spec.Count]);
        if (result.State.IsOver())
        {
            ends[result.Replicate] = result;
        }

        GetOrAdd(rests, result.Granted, () => new TrialResult?[spec.Count])[result.Replicate] = result;
        var folded = new List<TrialResult>();
        foreach (var (granted, results) in rests)
        {
            // A rest seen before is seen again only when it turned out to be the end: the user canceled it there.
            var isKnown = _shown.TryGetValue(number, out var shown) && granted <= shown;
            if (isKnown && !(granted == shown && granted == result.Granted && result.State == TrialState.Canceled))
            {
                continue;
            }

            var there = results.Select((r, replicate) => r ?? (ends[replicate] is { } end && end.Granted < granted ? end : null)).ToList();
            if (there.TrueForAll(r => r is not null))
            {
                _shown[number] = granted;
                folded.Add(Fold(number, granted, there!));
            }
        }

        return folded;
    }

    private TrialResult Fold(int number, int granted, IReadOnlyList<TrialResult> replicates)
    {
        var values = goals.Select((goal, i) => ReplicateValues.Of([.. replicates.Select(r => i < r.Values.Count ? r.Values[i] : null)], spec.Rank, goal));
        return new TrialResult(number, 0, StateOf(replicates.Select(r => r.State)), granted, replicates.Max(r => r.Step), [.. values])
        {
            Curve = Curve(replicates),
        };
    }

    /// <summary>What one that ended early had last is carried on.</summary>
    private double?[] Curve(IReadOnlyList<TrialResult> replicates)
    {
        var curve = new double?[replicates.Max(r => r.Curve.Count)];
        for (var epoch = 0; epoch < curve.Length; epoch++)
        {
            curve[epoch] = ReplicateValues.Of([.. replicates.Select(r => r.Curve.Count > 0 ? r.Curve[Math.Min(epoch, r.Curve.Count - 1)] : null)], spec.Rank, goals[0]);
        }

        return curve;
    }

    private static int Severity(TrialState state) => state switch
    {
        TrialState.Completed => 0,
        TrialState.Paused or TrialState.Running or TrialState.Waiting => 1,
        TrialState.Pruned => 2,
        TrialState.Canceled => 3,
        TrialState.Poisoned => 4,
        TrialState.Failed => 5,
        _ => 6,
    };

    private static TValue GetOrAdd<TKey, TValue>(IDictionary<TKey, TValue> map, TKey key, Func<TValue> create)
    {
        if (!map.TryGetValue(key, out var value))
        {
            map[key] = value = create();
        }

        return value;
    }
}
