using System.Collections.Concurrent;

namespace Sweep.Store.Sqlite;

/// <summary>Connections that only read, each by one thread at a time. They see the last commit and wait for nobody.</summary>
/// <param name="open">Opens another one.</param>
internal sealed class SqliteReaders(Func<SqliteConnection> open)
{
    private readonly ConcurrentBag<SqliteConnection> idle = [];

    /// <summary>Runs a read on one snapshot of the store.</summary>
    public T Read<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var database = idle.TryTake(out var free) ? free : open();
        try
        {
            database.Run("BEGIN");
            return read(database);
        }
        finally
        {
            database.RollBack();
            idle.Add(database);
        }
    }

    /// <summary>Closes all of them. Only under the file lock may they be the last to close, and clean up.</summary>
    public void Close(bool copyLog)
    {
        while (idle.TryTake(out var database))
        {
            database.Close(copyLog);
        }
    }
}
