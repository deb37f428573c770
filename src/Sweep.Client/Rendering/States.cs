using Sweep.Search.Trials;

namespace Sweep.Client.Rendering;

/// <summary>State names in lower case, and their colours.</summary>
internal static class States
{
    public static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    public static string Markup(TrialState state) => $"[{Colour(state)}]{Name(state)}[/]";

    public static string Markup(SweepState state) => $"[{Colour(state)}]{Name(state)}[/]";

    private static string Colour(TrialState state) => state switch
    {
        TrialState.Completed => "green",
        TrialState.Running => "aqua",
        TrialState.Paused or TrialState.Waiting => "grey",
        TrialState.Pruned => "yellow",
        _ => "red",
    };

    private static string Colour(SweepState state) => state switch
    {
        SweepState.Completed => "green",
        SweepState.Running => "aqua",
        SweepState.Pending or SweepState.Paused => "yellow",
        _ => "red",
    };
}
