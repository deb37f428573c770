namespace Sweep.Grains.Search;

/// <summary>Why a search ends a trial, where no pruner says it.</summary>
internal static class Endings
{
    /// <summary>It was left paused when nothing more could happen.</summary>
    internal const string NotPromoted = "not among the best of its rung";
}
