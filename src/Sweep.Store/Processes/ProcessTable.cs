using Sweep.Store.Interop;

namespace Sweep.Store.Processes;

/// <summary>The processes that Linux shows: signal 0 tells whether one is there, <c>/proc/PID/stat</c> which.</summary>
public sealed class ProcessTable : IProcessTable
{
    /// <inheritdoc/>
    public ProcessSight Look(int pid)
    {
        // Signals to 0 and below go to groups of processes.
        if (pid <= 0)
        {
            return new ProcessSight(ProcessPresence.Unknown);
        }

        // Only the kernel's own word counts as gone: a hidden or foreign /proc lacks living processes too.
        if (Libc.Probe(pid) == Libc.Esrch)
        {
            return new ProcessSight(ProcessPresence.Gone);
        }

        if (ReadStat(pid.ToString()) is { } stat)
        {
            return new ProcessSight(ProcessPresence.Seen, stat.StartTime, stat.IsZombie);
        }

        return new ProcessSight(Libc.Probe(pid) == Libc.Esrch ? ProcessPresence.Gone : ProcessPresence.Unknown);
    }

    /// <summary>The stat line of a process, by pid or "self"; null when it cannot be read.</summary>
    internal static ProcessStat? ReadStat(string process)
    {
        try
        {
            return ProcessStat.Parse(File.ReadAllText($"/proc/{process}/stat"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
