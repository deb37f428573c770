using Sweep.Search.Trials;

namespace Sweep.Client.Rendering;

/// <summary>The numbers of trials by state, as text.</summary>
internal static class StateCounts
{
    /// <summary><c>5 completed · 2 running · 1 failed</c>, with markup.</summary>
    public static string Text(IReadOnlyDictionary<TrialState, int> counts) => counts.Count == 0
        ? "[grey]none[/]"
        : string.Join(" · ", counts.OrderBy(c => Order(c.Key)).Select(c => $"{c.Value} {States.Markup(c.Key)}"));

    private static int Order(TrialState state) => state switch
    {
        TrialState.Completed => 0,
        TrialState.Pruned => 1,
        TrialState.Running => 2,
        TrialState.Paused => 3,
        TrialState.Waiting => 4,
        _ => 5 + (int)state,
    };
}
