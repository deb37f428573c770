using Sweep.Search.Trials;

namespace Sweep.Store;

/// <summary>What a user may do to a sweep at any time.</summary>
public enum SweepChange
{
    /// <summary>Nothing new is begun; what runs is checkpointed and waits. Only of a sweep that is not over.</summary>
    Pause,

    /// <summary>Goes on after a pause or a stop; silos may work on it again. Only of a paused one.</summary>
    Resume,

    /// <summary>Ends it: what is not over is Canceled, with what it reached. Only of a sweep that is not over.</summary>
    Cancel,
}

/// <summary>What became of a user's change to a sweep.</summary>
/// <param name="State">The sweep's state after it.</param>
/// <param name="Changed">How many trials it concerned: put back to Waiting, canceled, or to come; 0 when nothing was to be changed.</param>
public sealed record SweepChangeResult(SweepState State, int Changed);
