using System.Runtime.InteropServices;

namespace Sweep.Client.Interaction;

/// <summary>Ends the process without running the destructors of native libraries.</summary>
/// <remarks>
/// These destructors would run while another thread loads or uses the libraries, which aborts the process. All durable state is
/// written before this call.
/// </remarks>
internal static class ProcessExit
{
    public static void Now(int code)
    {
        ExitNow(code);
    }

    // Not Environment.Exit: it runs these destructors and waits for threads that train.
    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void ExitNow(int code);
}
