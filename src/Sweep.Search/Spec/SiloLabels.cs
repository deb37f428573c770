namespace Sweep.Search.Spec;

/// <summary>What a silo's labels say beyond what users give: a silo inside a command works on one sweep alone.</summary>
public static class SiloLabels
{
    // No label of a user's has a colon.
    private const string OnlyPrefix = "only:";

    /// <summary>The label of a silo that works on one sweep alone.</summary>
    public static string Only(string sweep) => OnlyPrefix + sweep;

    /// <summary>The one sweep that a silo works on; null for all.</summary>
    public static string? SweepOf(string labels) =>
        labels.StartsWith(OnlyPrefix, StringComparison.Ordinal) ? labels[OnlyPrefix.Length..] : null;

    /// <summary>Those that sweeps can require.</summary>
    public static IReadOnlyList<string> Words(string labels) => SweepOf(labels) is null ? Split(labels) : [];

    /// <summary>Whether a silo may run a sweep's trials, by its labels.</summary>
    /// <remarks>A user who runs a sweep in a process of his own means that one.</remarks>
    public static bool Suit(string labels, string sweep, string requires) =>
        SweepOf(labels) is { } only ? only == sweep : Split(requires).All(Split(labels).Contains);

    private static string[] Split(string labels) => labels.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
