namespace Sweep.Silo.Hosting;

/// <summary>Why a silo's work ended.</summary>
public enum SiloExit
{
    /// <summary>Asked to stop; what ran is checkpointed and given back.</summary>
    Stopped,

    /// <summary>Nothing is left to do for it.</summary>
    Idle,

    /// <summary>It was buried: the store gave what it owned to others.</summary>
    Buried,
}
