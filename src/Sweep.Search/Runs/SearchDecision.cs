using Sweep.Search.Spaces;

namespace Sweep.Search.Runs;

/// <summary>A search's word on a paused trial.</summary>
/// <param name="Resource">The epochs it may train from now on; for an end, those it has trained.</param>
/// <param name="Reason">Why, for people: <c>rung 3: 2 of 9 go on</c>.</param>
public sealed record SearchDecision(int Number, SearchDecisionKind Kind, int Resource, string Reason)
{
    /// <summary>The trial whose checkpoint it goes on from in place of its own; null but for an exploit of population based training.</summary>
    public int? Donor { get; init; }

    /// <summary>Its configuration from now on, with a <see cref="Donor"/>.</summary>
    public Configuration? Configuration { get; init; }

    /// <summary>When it fell in the virtual run; 0 without one.</summary>
    public long VirtualTime { get; init; }

    /// <summary>How many results of the virtual run it has seen; null without one.</summary>
    public long? LastSeen { get; init; }
}
