using System.Runtime.InteropServices;

namespace Sweep.Client.Interaction;

/// <summary>Ends the process without the clean-up of native libraries.</summary>
/// <remarks>
/// Their destructors would run beside a thread that still loads or uses them, which ends in an abort; and whatever must be
/// durable is durable by then.
/// </remarks>
internal static class ProcessExit
{
    public static void Now(int code)
    {
        ExitNow(code);
    }

    // Not Environment.Exit: it runs those destructors, and waits for threads that are training.
    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void ExitNow(int code);
}
