namespace Sweep.Silo.Hosting;

/// <summary>How running a sweep here ended.</summary>
public enum RunOutcome
{
    /// <summary>Searched to the end, with a result.</summary>
    Completed,

    /// <summary>Searched to the end, and not one trial has a value.</summary>
    Failed,

    /// <summary>Asked to stop: its trials are checkpointed, and it can be resumed.</summary>
    Stopped,

    /// <summary>Another silo coordinates it now.</summary>
    Lost,
}
