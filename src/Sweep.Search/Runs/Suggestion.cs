using Sweep.Search.Spaces;

namespace Sweep.Search.Runs;

/// <summary>A trial to be made.</summary>
/// <param name="Number">Its number in the sweep.</param>
/// <param name="Granted">The epochs it may train before the search is asked again.</param>
public sealed record Suggestion(int Number, Configuration Configuration, int Granted)
{
    /// <summary>When it starts in the virtual run; 0 without one.</summary>
    public long VirtualTime { get; init; }

    /// <summary>How many results of the virtual run it has seen; null without one.</summary>
    public long? LastSeen { get; init; }
}
