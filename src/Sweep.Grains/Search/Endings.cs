using Sweep.Grains.Trials;

namespace Sweep.Grains.Search;

/// <summary>Why a search ends a trial, where no pruner says it.</summary>
internal static class Endings
{
    /// <summary>It was left paused when nothing more could happen.</summary>
    internal const string NotPromoted = "not among the best of its rung";

    /// <summary>Another replicate of its configuration ended so.</summary>
    internal static string Sibling(TrialState state) => state switch
    {
        TrialState.Diverged => "another replicate diverged",
        TrialState.Failed => "another replicate failed",
        _ => "another replicate was " + (state == TrialState.Pruned ? "pruned" : state == TrialState.Poisoned ? "poisoned" : "canceled"),
    };
}
