using SQLitePCL;

namespace Sweep.Store.Sqlite;

/// <summary>
/// One connection, used by one thread at a time, with its statements prepared once.
/// It sits on SQLite's own interface: ADO.NET's driver would retry a busy statement by sleeping 150 ms.
/// </summary>
internal sealed class SqliteConnection
{
    /// <summary>How long SQLite itself waits for a lock. The file lock keeps writers apart, so this covers only a reader that
    /// meets the recovery or the clean-up of the log, and other programs.</summary>
    private const int BusyMilliseconds = 30_000;

    // The names are SQLite's; SQLitePCLRaw has no constants for them.
    private const int NoCheckpointOnClose = 1006;
    private const int CacheWrite = 9;

    private readonly Dictionary<string, SqliteStatement> statements = new(StringComparer.Ordinal);
    private readonly sqlite3 handle;
    private readonly string path;

    private SqliteConnection(sqlite3 handle, string path) => (this.handle, this.path) = (handle, path);

    /// <summary>Rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(handle);

    public long LastInsertRowId => raw.sqlite3_last_insert_rowid(handle);

    /// <summary>Opens the writing connection, which creates a file that is not there.</summary>
    public static SqliteConnection OpenForWriting(string path) =>
        Open(path, path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);

    /// <summary>Opens a connection that only reads. It may write if the user may, or it could not clean up as the last to close.</summary>
    public static SqliteConnection OpenForReading(string path)
    {
        var connection = Open(path, path, raw.SQLITE_OPEN_READWRITE);
        try
        {
            connection.RunScript("PRAGMA query_only = ON");
            return connection;
        }
        catch
        {
            connection.Close(copyLog: false);
            throw;
        }
    }

    /// <summary>Reads the file itself and nothing beside it, taking and dropping no locks: to see what it is.</summary>
    public static SqliteConnection OpenAsIs(string path) =>
        Open(path, $"file:{Uri.EscapeDataString(path)}?immutable=1", raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);

    /// <summary>Calls the functions that a store needs once, on a database in memory: the first call of each asks the dynamic loader.</summary>
    public static void ResolveNative()
    {
        SqliteLibrary.Load();
        var connection = Open("", ":memory:", raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_MEMORY);
        connection.RunScript("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT, c BLOB, d REAL); INSERT INTO t VALUES (1, 'x', x'00', 0.5)");
        using (var statement = connection.Use("SELECT a, b, c, d FROM t WHERE a = ? OR b = ? OR c = ? OR d = ?"))
        {
            statement.Bind(1, 1L).Bind(2, "x").Bind(3, new byte[1]).Bind(4, 0.5);
            while (statement.Step())
            {
                _ = (statement.Long(0), statement.Text(1), statement.Blob(2).Length, statement.Double(3));
            }
        }

        connection.Close(copyLog: false);
    }

    /// <summary>A prepared statement, ready for its parameters; disposing it makes it ready again.</summary>
    public SqliteStatement Use(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v2(handle, sql, out var prepared));
            statements.Add(sql, statement = new SqliteStatement(this, prepared));
        }

        return statement;
    }

    public void Run(string sql)
    {
        using var statement = Use(sql);
        statement.Run();
    }

    /// <summary>Runs several statements that are needed once.</summary>
    public void RunScript(string sql) => Check(raw.sqlite3_exec(handle, sql));

    /// <summary>Pages written since this was asked last.</summary>
    public int TakePagesWritten()
    {
        Check(raw.sqlite3_db_status(handle, CacheWrite, out var pages, out _, 1));
        return pages;
    }

    /// <summary>Copies the log into the database as far as readers allow, without waiting for them.</summary>
    public void CopyLog() => Check(raw.sqlite3_wal_checkpoint_v2(handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _));

    /// <summary>Copies the whole log into the database and empties it.</summary>
    public void EmptyLog() => Check(raw.sqlite3_wal_checkpoint_v2(handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _));

    /// <summary>Takes back the transaction, if one is open.</summary>
    public void RollBack()
    {
        if (raw.sqlite3_get_autocommit(handle) == 0)
        {
            // A failure means that SQLite has rolled back by itself.
            _ = raw.sqlite3_exec(handle, "ROLLBACK");
        }
    }

    /// <summary>Closes the connection.</summary>
    /// <param name="copyLog">Whether the last connection may copy the log and remove it: only under the file lock.</param>
    public void Close(bool copyLog)
    {
        foreach (var statement in statements.Values)
        {
            statement.Release();
        }

        if (!copyLog)
        {
            _ = raw.sqlite3_db_config(handle, NoCheckpointOnClose, 1, out _);
        }

        handle.Dispose();
    }

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw Failure(code);
        }
    }

    private static SqliteConnection Open(string path, string name, int flags)
    {
        var code = raw.sqlite3_open_v2(name, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            var failure = new SqliteFailure(path, code, raw.sqlite3_errstr(code).utf8_to_string());
            handle?.Dispose();
            throw failure;
        }

        _ = raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
        return new SqliteConnection(handle, path);
    }

    private SqliteFailure Failure(int code)
    {
        var extended = raw.sqlite3_extended_errcode(handle);
        return new SqliteFailure(path, (extended & 0xFF) == (code & 0xFF) ? extended : code, raw.sqlite3_errmsg(handle).utf8_to_string());
    }
}
