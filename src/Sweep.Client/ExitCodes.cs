namespace Sweep.Client;

/// <summary>The exit codes of all commands. They are documented in the README, and scripts rely on them.</summary>
public static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>The command failed, or no trial of the sweep has a value.</summary>
    public const int Failure = 1;

    /// <summary>Bad usage, a bad spec or bad data: nothing was run or written.</summary>
    public const int BadInput = 2;

    /// <summary>A sweep, trial, store, spec or data set does not exist.</summary>
    public const int NotFound = 3;

    /// <summary>Interrupted by Ctrl-C or a signal; the sweep can be resumed.</summary>
    public const int Interrupted = 130;
}
