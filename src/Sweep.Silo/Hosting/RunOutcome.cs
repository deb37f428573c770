namespace Sweep.Silo.Hosting;

/// <summary>How running a sweep here ended.</summary>
public enum RunOutcome
{
    /// <summary>Searched to the end, with a result.</summary>
    Completed,

    /// <summary>Searched to the end, and not one trial has a value.</summary>
    Failed,

    /// <summary>Canceled, or deleted, by somebody.</summary>
    Canceled,

    /// <summary>Asked to stop: its trials are checkpointed, and it can be resumed.</summary>
    Stopped,

    /// <summary>Others go on with it.</summary>
    Lost,
}
