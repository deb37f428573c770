namespace Sweep.Store.Sqlite;

/// <summary>
/// A store in one SQLite file, for any number of processes of one machine. Writes are durable when their task completes;
/// reads see the last commit and never wait for a writer.
/// </summary>
public sealed partial class SqliteStore : IStore
{
    /// <summary>For the writing connection. SECURE_DELETE is the distribution's default and would write freed checkpoints as zeros.</summary>
    private const string WriterSettings = """
        PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA secure_delete = OFF; PRAGMA cache_size = -8192
        """;

    private readonly string path;
    private readonly TimeProvider time;
    private readonly Func<SqliteConnection> openReader;
    private readonly SqliteReaders readers;
    private readonly FileLock? fileLock;
    private readonly SqliteWriter? writer;
    private bool disposed;

    private SqliteStore(string path, TimeProvider time, FileLock? fileLock, SqliteWriter? writer, bool isAtRest = false)
    {
        (this.path, this.time, this.fileLock, this.writer) = (path, time, fileLock, writer);
        openReader = () => isAtRest ? SqliteConnection.OpenAsIs(path) : SqliteConnection.OpenForReading(path);
        readers = new SqliteReaders(openReader);
    }

    /// <inheritdoc/>
    public bool IsLocal => true;

    /// <summary>Transactions this store has committed: fewer than writes, when they come together.</summary>
    internal long Commits => Writer.Commits;

    private SqliteWriter Writer => writer ?? throw new InvalidOperationException($"{path}: opened for reading only");

    /// <summary>Resolves the native functions that opening a store needs, so that they do not wait for the loading of another library later.</summary>
    public static void ResolveNative() => SqliteConnection.ResolveNative();

    /// <summary>Opens a store for reading and writing; creates it when there is none, and brings an older one up to date.</summary>
    /// <exception cref="Sweep.Search.SweepException">The path cannot hold a store, or holds something else; nothing was written.</exception>
    public static Task<SqliteStore> OpenAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SqliteLibrary.Load();
        var file = StoreFile.Examine(path, forWriting: true).Path;
        var writers = FileLock.Open(file);
        try
        {
            return Task.FromResult(new SqliteStore(file, time, writers, new SqliteWriter(Connect(file, writers, time), writers, time)));
        }
        catch
        {
            writers.Dispose();
            throw;
        }
    }

    /// <summary>Opens a store that is there, for reading only; brings an older one up to date first.</summary>
    /// <exception cref="StoreNotFoundException">There is none; none was created.</exception>
    /// <exception cref="Sweep.Search.SweepException">The path holds something else, or a newer store.</exception>
    public static async Task<SqliteStore> OpenForReadingAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new StoreNotFoundException($"{path}: there is no store here; `sweep run` creates one, --db names another");
        }

        SqliteLibrary.Load();
        var file = StoreFile.Examine(path, forWriting: false);
        var store = new SqliteStore(file.Path, TimeProvider.System, fileLock: null, writer: null, file.IsAtRest);

        // What the file alone does not show may be in its log: a store that was created a moment ago.
        var version = new FileInfo(file.Path).Length == 0 ? 0 : store.readers.Read(SqliteSchema.VersionOf, cancellationToken);
        if (version == SqliteSchema.Version)
        {
            return store;
        }

        store.CloseReaders();
        SqliteSchema.RequireKnownVersion(path, version);
        if (version == 0)
        {
            throw new StoreNotFoundException($"{path}: there is no store in this file yet; `sweep run` creates one");
        }

        // An older one is brought up to date before it is read.
        await using (await OpenAsync(path, TimeProvider.System, cancellationToken))
        {
        }

        return await OpenForReadingAsync(path, cancellationToken);
    }

    /// <summary>Commits what is queued and closes the file. No read may be under way.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        CloseReaders();
        if (writer is not null)
        {
            await writer.DisposeAsync();
        }

        fileLock?.Dispose();
    }

    private static SqliteConnection Connect(string file, FileLock fileLock, TimeProvider time)
    {
        fileLock.Enter();
        SqliteConnection? database = null;
        try
        {
            database = SqliteConnection.OpenForWriting(file);
            database.RunScript(WriterSettings);
            SqliteSchema.Upgrade(database, file, time);
            return database;
        }
        catch
        {
            database?.RollBack();
            database?.Close(copyLog: true);
            throw;
        }
        finally
        {
            fileLock.Exit();
        }
    }

    /// <summary>
    /// While this store writes, its readers are not the last to close. Otherwise they clean up if nobody is writing;
    /// if somebody is, that one will.
    /// </summary>
    private void CloseReaders()
    {
        using var borrowed = writer is null ? FileLock.OpenExisting(path) : null;
        var entered = borrowed?.TryEnter() == true;
        readers.Close(copyLog: entered);
        if (entered)
        {
            borrowed!.Exit();
        }
    }
}
