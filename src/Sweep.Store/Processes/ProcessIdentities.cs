namespace Sweep.Store.Processes;

/// <summary>Reads what tells this process from every other.</summary>
public static class ProcessIdentities
{
    /// <summary>
    /// This process. What cannot be read is left empty (0), and proves nothing later; so does a <c>/proc</c> that belongs to
    /// another pid namespace than the process itself.
    /// </summary>
    public static ProcessIdentity Current()
    {
        var stat = ProcessTable.ReadStat("self");
        var isOwnProc = stat?.Pid == Environment.ProcessId;
        return new ProcessIdentity(
            Environment.MachineName,
            ReadText("/proc/sys/kernel/random/boot_id"),
            isOwnProc ? LinkOf("/proc/self/ns/pid") : "",
            Environment.ProcessId,
            isOwnProc ? stat!.StartTime : 0);
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string LinkOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
