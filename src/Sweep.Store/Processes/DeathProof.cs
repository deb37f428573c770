namespace Sweep.Store.Processes;

/// <summary>Whether a process is proved dead, and by what. Not proved means alive or unknown: its owner is left alone.</summary>
/// <param name="IsProved">True: nothing of it can run any more.</param>
/// <param name="Reason">The proof, or why there is none, for people.</param>
public sealed record DeathProof(bool IsProved, string Reason)
{
    /// <summary>Looks for a proof that <paramref name="other"/> is dead.</summary>
    /// <param name="self">The process that looks.</param>
    /// <param name="isStoreLocal">
    /// Whether the store lives on one machine (SQLite): then another boot id is proof too. Elsewhere it proves nothing, since
    /// host names and machine ids are copied with images.
    /// </param>
    public static DeathProof Of(ProcessIdentity other, ProcessIdentity self, bool isStoreLocal, IProcessTable processes)
    {
        if (other.BootId.Length == 0 || self.BootId.Length == 0)
        {
            return Unproved("the boot id is not known");
        }

        if (!string.Equals(other.BootId, self.BootId, StringComparison.Ordinal))
        {
            return isStoreLocal ? Proved("the machine was started again since") : Unproved($"it runs on another machine ({other.Host})");
        }

        if (other.PidNamespace.Length == 0 || !string.Equals(other.PidNamespace, self.PidNamespace, StringComparison.Ordinal))
        {
            return Unproved("it runs in another pid namespace");
        }

        if (other.StartTime == 0)
        {
            return Unproved("its start time is not known");
        }

        var sight = processes.Look(other.Pid);
        return sight.Presence switch
        {
            ProcessPresence.Gone => Proved($"process {other.Pid} is gone"),
            ProcessPresence.Seen when sight.StartTime != other.StartTime => Proved($"pid {other.Pid} belongs to another process now"),
            ProcessPresence.Seen when sight.IsZombie => Proved($"process {other.Pid} is a zombie"),
            ProcessPresence.Seen => Unproved($"process {other.Pid} is alive"),
            _ => Unproved($"process {other.Pid} cannot be seen"),
        };
    }

    private static DeathProof Proved(string reason) => new(IsProved: true, reason);

    private static DeathProof Unproved(string reason) => new(IsProved: false, reason);
}
