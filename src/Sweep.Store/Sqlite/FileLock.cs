using Sweep.Search;
using Sweep.Store.Interop;

namespace Sweep.Store.Sqlite;

/// <summary>
/// Keeps writers of one database apart, across processes, in the order in which they come.
/// </summary>
/// <remarks>
/// One <c>flock</c> alone is unfair: whoever gives it up gets it again before a waiter has woken. So a writer first passes a
/// turnstile, a second lock that only the next in line holds, and gives that up once it has the lock itself.
/// It does not keep threads of one process apart: one writer per process uses it.
/// </remarks>
internal sealed class FileLock : IDisposable
{
    private readonly string path;
    private readonly int gate;
    private readonly int turnstile;

    private FileLock(string path, int gate, int turnstile) => (this.path, this.gate, this.turnstile) = (path, gate, turnstile);

    /// <summary>Opens the lock files beside the database, and creates them when they are not there.</summary>
    public static FileLock Open(string databasePath)
    {
        var lockPath = databasePath + ".lock";
        var first = OpenOrThrow(lockPath);
        try
        {
            return new FileLock(lockPath, first, OpenOrThrow(lockPath + ".turn"));
        }
        catch
        {
            Libc.Close(first);
            throw;
        }
    }

    /// <summary>Opens lock files that are there already; null when they are not, or may not be opened.</summary>
    public static FileLock? OpenExisting(string databasePath)
    {
        var lockPath = databasePath + ".lock";
        var first = Libc.OpenLockFile(lockPath, create: false);
        var second = Libc.OpenLockFile(lockPath + ".turn", create: false);
        if (first >= 0 && second >= 0)
        {
            return new FileLock(lockPath, first, second);
        }

        CloseIfOpen(first);
        CloseIfOpen(second);
        return null;
    }

    /// <summary>Waits for its turn. Whoever holds the lock and is stopped is waited for: it is inside a write.</summary>
    public void Enter()
    {
        Require(Libc.LockFile(turnstile));
        try
        {
            Require(Libc.LockFile(gate));
        }
        finally
        {
            Libc.UnlockFile(turnstile);
        }
    }

    /// <summary>Enters if nobody is inside.</summary>
    public bool TryEnter() => Libc.TryLockFile(gate) == 0;

    public void Exit() => Libc.UnlockFile(gate);

    public void Dispose()
    {
        Libc.Close(gate);
        Libc.Close(turnstile);
    }

    private static int OpenOrThrow(string path)
    {
        var descriptor = Libc.OpenLockFile(path, create: true);
        return descriptor >= 0 ? descriptor : throw new SweepException($"{path}: cannot be created or opened ({Libc.Describe(-descriptor)})");
    }

    private static void CloseIfOpen(int descriptor)
    {
        if (descriptor >= 0)
        {
            Libc.Close(descriptor);
        }
    }

    private void Require(int error)
    {
        if (error != 0)
        {
            throw new SweepException($"{path}: cannot be locked ({Libc.Describe(error)})");
        }
    }
}
