namespace Sweep.Search.Runs;

/// <summary>What becomes of a paused trial.</summary>
public enum SearchDecisionKind
{
    /// <summary>It goes on, with more resource: Paused → Waiting.</summary>
    Promote,

    /// <summary>It is stopped early: Paused → Pruned.</summary>
    Prune,

    /// <summary>It is trained to the full: Paused → Completed.</summary>
    Complete,
}
