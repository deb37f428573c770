namespace Sweep.Client;

/// <summary>What the command's exit code says. Documented in the README; scripts rely on them.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>It failed: an error while running, or a sweep in which not one trial has a value.</summary>
    public const int Failure = 1;

    /// <summary>Bad usage, a bad spec or bad data: nothing was run or written.</summary>
    public const int BadInput = 2;

    /// <summary>A sweep, trial, store, spec or data set that is not there.</summary>
    public const int NotFound = 3;

    /// <summary>Interrupted by Ctrl-C or a signal; what ran can be resumed.</summary>
    public const int Interrupted = 130;
}
