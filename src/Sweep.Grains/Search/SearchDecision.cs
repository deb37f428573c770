namespace Sweep.Grains.Search;

/// <summary>A search's word on a paused trial.</summary>
/// <param name="Resource">The epochs it may train from now on; for an end, those it has trained.</param>
/// <param name="Reason">Why, for people: <c>rung 3: 2 of 9 go on</c>.</param>
public sealed record SearchDecision(int Number, SearchDecisionKind Kind, int Resource, string Reason);
