namespace Sweep.Search.Trials;

/// <summary>Where a trial is in its life.</summary>
/// <remarks>
/// <code>
///  Waiting ─▶ Running ─▶ Completed | Pruned | Failed | Diverged | Canceled
///     ▲          │  └──▶ Paused (at a rung, checkpointed) ─▶ Waiting (promoted) | Pruned | Completed | Canceled
///     └─ lease lost / silo stopped (resumes from its checkpoint; too many deaths ─▶ Poisoned)
///  Waiting ─▶ Canceled | Poisoned
/// </code>
/// The numbers are stored: they never change meaning.
/// </remarks>
public enum TrialState
{
    /// <summary>Ready to be claimed by a silo.</summary>
    Waiting = 0,

    /// <summary>One silo owns it, under a lease, by its attempt number.</summary>
    Running = 1,

    /// <summary>At a rung with a checkpoint, until the pruner decides.</summary>
    Paused = 2,

    /// <summary>Trained as far as it was meant to be.</summary>
    Completed = 3,

    /// <summary>Stopped early by the pruner.</summary>
    Pruned = 4,

    /// <summary>Ended by an error of its own, whose text is kept.</summary>
    Failed = 5,

    /// <summary>Its loss became NaN, infinite or far worse than an untrained network's.</summary>
    Diverged = 6,

    /// <summary>Ended by the user.</summary>
    Canceled = 7,

    /// <summary>Set aside, because it killed its hosts again and again.</summary>
    Poisoned = 8,
}
