namespace Sweep.Search.Trials;

/// <summary>Where a sweep is in its life.</summary>
/// <remarks>
/// <code> Pending ─▶ Running ⇄ Paused ─▶ Completed | Canceled | Failed</code>
/// The numbers are stored: they never change meaning.
/// </remarks>
public enum SweepState
{
    /// <summary>Submitted; no silo coordinates it yet.</summary>
    Pending = 0,

    /// <summary>A silo coordinates it, or may take it up at any moment.</summary>
    Running = 1,

    /// <summary>Stopped by the user; <c>sweep resume</c> goes on with it.</summary>
    Paused = 2,

    /// <summary>Searched to the end, with at least one trial that has a value.</summary>
    Completed = 3,

    /// <summary>Ended by the user.</summary>
    Canceled = 4,

    /// <summary>Searched to the end without one trial that has a value.</summary>
    Failed = 5,
}
