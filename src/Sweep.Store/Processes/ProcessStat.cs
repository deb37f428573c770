namespace Sweep.Store.Processes;

/// <summary>What is needed of a line of <c>/proc/PID/stat</c>.</summary>
internal sealed record ProcessStat(int Pid, char State, int Threads, long StartTime)
{
    // Fields are counted from the one after the name; proc(5) numbers them from 1, the state is its field 3.
    private const int StateField = 0;
    private const int ThreadsField = 20 - 3;
    private const int StartTimeField = 22 - 3;

    /// <summary>Dead, and not merely its first thread: one of the others could still be in a system call.</summary>
    public bool IsZombie => State is 'Z' or 'X' && Threads <= 1;

    /// <summary>Reads a line; null when it is not one. The name, in parentheses, may hold anything, parentheses too.</summary>
    public static ProcessStat? Parse(string line)
    {
        var open = line.IndexOf('(');
        var close = line.LastIndexOf(')');
        if (open < 1 || close < open || !int.TryParse(line.AsSpan(0, open).Trim(), out var pid))
        {
            return null;
        }

        var fields = line[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return fields.Length > StartTimeField
            && int.TryParse(fields[ThreadsField], out var threads)
            && long.TryParse(fields[StartTimeField], out var startTime)
            ? new ProcessStat(pid, fields[StateField][0], threads, startTime)
            : null;
    }
}
