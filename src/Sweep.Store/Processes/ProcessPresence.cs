namespace Sweep.Store.Processes;

/// <summary>How much can be told about a pid.</summary>
public enum ProcessPresence
{
    /// <summary>It may be there or not: what was seen does not tell.</summary>
    Unknown,

    /// <summary>The kernel says that there is no such process.</summary>
    Gone,

    /// <summary>A process stands there, and its start time and state were read.</summary>
    Seen,
}
