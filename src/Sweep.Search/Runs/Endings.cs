using Sweep.Search.Trials;

namespace Sweep.Search.Runs;

/// <summary>Why a search ends a trial, where no pruner says it.</summary>
public static class Endings
{
    /// <summary>It was left paused when nothing more could happen.</summary>
    public const string NotPromoted = "not among the best of its rung";

    /// <summary>What the reasons of <see cref="Sibling"/> begin with.</summary>
    public const string SiblingPrefix = "another replicate ";

    /// <summary>Another replicate of its configuration ended so.</summary>
    internal static string Sibling(TrialState state) => state switch
    {
        TrialState.Diverged => SiblingPrefix + "diverged",
        TrialState.Failed => SiblingPrefix + "failed",
        _ => SiblingPrefix + "was " + (state == TrialState.Pruned ? "pruned" : state == TrialState.Poisoned ? "poisoned" : "canceled"),
    };
}
