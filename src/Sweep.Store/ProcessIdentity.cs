namespace Sweep.Store;

/// <summary>
/// What tells one process from every other that ever ran: an equal pid or host name proves nothing.
/// </summary>
/// <param name="Host">Host name, for people.</param>
/// <param name="BootId">The kernel's boot id.</param>
/// <param name="PidNamespace">The pid namespace's inode link, such as <c>pid:[4026531836]</c>.</param>
/// <param name="Pid">Process id within that namespace.</param>
/// <param name="StartTime">The process's start, in clock ticks since boot (field 22 of <c>/proc/PID/stat</c>).</param>
public sealed record ProcessIdentity(string Host, string BootId, string PidNamespace, int Pid, long StartTime);
