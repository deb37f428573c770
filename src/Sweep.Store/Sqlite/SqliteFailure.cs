using SQLitePCL;

namespace Sweep.Store.Sqlite;

/// <summary>An error of SQLite, in words that tell the user what to mend.</summary>
public sealed class SqliteFailure : StoreException
{
    internal SqliteFailure(string path, int extendedCode, string detail)
        : base(Describe(path, extendedCode, detail)) => Code = extendedCode & 0xFF;

    /// <summary>SQLite's primary result code.</summary>
    internal int Code { get; }

    /// <summary>Whether the store itself failed, rather than one statement: what is in the same transaction fails with it.</summary>
    internal bool IsOfTheStore => Code is not (raw.SQLITE_CONSTRAINT or raw.SQLITE_ERROR or raw.SQLITE_RANGE or raw.SQLITE_MISMATCH
        or raw.SQLITE_MISUSE or raw.SQLITE_TOOBIG);

    private static string Describe(string path, int code, string detail) => (code & 0xFF) switch
    {
        raw.SQLITE_NOTADB => $"{path}: not an SQLite database",
        raw.SQLITE_CORRUPT => $"{path}: the database is damaged ({detail})",
        raw.SQLITE_FULL => $"{path}: no space left on the disk",
        raw.SQLITE_IOERR => $"{path}: reading or writing failed ({detail})",
        raw.SQLITE_READONLY => $"{path}: the file or its folder may not be written",
        raw.SQLITE_CANTOPEN => $"{path}: cannot be opened, or a file beside it cannot be created ({detail})",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"{path}: another program has held the store for too long; close it and try again",
        _ => $"{path}: {detail} (SQLite error {code})",
    };
}
