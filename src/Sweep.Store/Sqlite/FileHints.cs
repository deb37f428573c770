using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Sweep.Store.Sqlite;

/// <summary>Tells that a store's file was changed, by this process or another: SQLite keeps a number that says so.</summary>
internal static class FileHints
{
    private const int MillisecondsBetweenLooks = 10;

    /// <summary>Looks on a thread of its own, with a connection of its own: what a connection writes itself it does not count as a change.</summary>
    /// <param name="open">Opens the connection, to read only.</param>
    public static async IAsyncEnumerable<StoreHint> ReadAsync(
        Func<SqliteConnection> open, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // One that waits to be read says as much as many.
        var hints = Channel.CreateBounded<StoreHint>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var database = open();
        var version = Version(database);
        new Thread(Look) { Name = "store hints", IsBackground = true }.Start();
        try
        {
            await foreach (var hint in hints.Reader.ReadAllAsync(cancellationToken))
            {
                yield return hint;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await ended.Task;
        }

        void Look()
        {
            try
            {
                while (!stop.Token.WaitHandle.WaitOne(MillisecondsBetweenLooks))
                {
                    var now = Version(database);
                    if (now != version)
                    {
                        version = now;
                        hints.Writer.TryWrite(new StoreHint(StoreHintKind.Any, null));
                    }
                }

                hints.Writer.TryComplete();
            }
            catch (SqliteFailure e)
            {
                hints.Writer.TryComplete(e);
            }
            finally
            {
                database.Close(copyLog: false);
                ended.SetResult();
            }
        }
    }

    private static long Version(SqliteConnection database)
    {
        using var version = database.Use("PRAGMA data_version");
        return version.Step() ? version.Long(0) : 0;
    }
}
