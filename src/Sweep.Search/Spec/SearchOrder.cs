namespace Sweep.Search.Spec;

/// <summary>In which order a search takes results into account.</summary>
public enum SearchOrder
{
    /// <summary><c>order: deterministic</c>: that of a virtual run on <c>search.parallel</c> workers, the same whoever trains and however fast.</summary>
    Deterministic,

    /// <summary><c>order: as_finished</c>: as they come in. Faster with trials of uneven length, and not repeatable.</summary>
    AsFinished,
}
