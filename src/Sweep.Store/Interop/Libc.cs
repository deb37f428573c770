using System.Runtime.InteropServices;
using System.Text;

namespace Sweep.Store.Interop;

/// <summary>The few calls of Linux's C library for which .NET has no equal: advisory locks, file systems' kinds, signal 0.</summary>
internal static class Libc
{
    public const int Eperm = 1;
    public const int Esrch = 3;
    public const int Eintr = 4;
    public const int Ewouldblock = 11;

    private const int OpenCreate = 0x40;
    private const int OpenCloseOnExec = 0x80000;
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const int Unlock = 8;

    /// <summary>
    /// Opens a file for locking, which needs no permission to write it. Returns the descriptor, or minus the error.
    /// .NET's own opening would take a shared lock on the file.
    /// </summary>
    public static int OpenLockFile(string path, bool create)
    {
        var descriptor = open(Bytes(path), OpenCloseOnExec | (create ? OpenCreate : 0), 0x1B6);
        return descriptor >= 0 ? descriptor : -Marshal.GetLastPInvokeError();
    }

    public static void Close(int descriptor) => _ = close(descriptor);

    /// <summary>Waits for the exclusive lock. Returns 0 or the error.</summary>
    public static int LockFile(int descriptor) => Retry(descriptor, LockExclusive);

    /// <summary>Takes the lock if it is free. Returns 0, <see cref="Ewouldblock"/> or another error.</summary>
    public static int TryLockFile(int descriptor) => Retry(descriptor, LockExclusive | LockNonBlocking);

    public static void UnlockFile(int descriptor) => Retry(descriptor, Unlock);

    /// <summary>Signal 0: whether a process stands under the pid. Returns 0 or the error.</summary>
    public static int Probe(int pid) => kill(pid, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <summary>Whether this process may read and write the file or folder.</summary>
    public static bool MayReadAndWrite(string path) => access(Bytes(path), 6) == 0;

    /// <summary>Whether this process may read the file.</summary>
    public static bool MayRead(string path) => access(Bytes(path), 4) == 0;

    /// <summary>The magic number of the file system that holds the path, or null when it cannot be told.</summary>
    public static uint? FileSystemOf(string path)
    {
        var buffer = new byte[512];
        return statfs(Bytes(path), buffer) == 0 ? (uint)BitConverter.ToInt64(buffer) : null;
    }

    public static string Describe(int error) => Marshal.GetPInvokeErrorMessage(error);

    private static int Retry(int descriptor, int operation)
    {
        while (true)
        {
            if (flock(descriptor, operation) == 0)
            {
                return 0;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error != Eintr)
            {
                return error;
            }
        }
    }

    private static byte[] Bytes(string path) => [.. Encoding.UTF8.GetBytes(path), 0];

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags, int mode);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int flock(int descriptor, int operation);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int access(byte[] path, int mode);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statfs(byte[] path, byte[] buffer);
}
