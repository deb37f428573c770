using Sweep.Search;
using Sweep.Store.Interop;

namespace Sweep.Store.Sqlite;

/// <summary>What stands at the path of a store, found out without writing anything.</summary>
/// <param name="Path">The file itself, absolute, symbolic links followed: all processes must come to the same lock files.</param>
/// <param name="IsStore">Whether a store is there; one that is being created is not yet.</param>
/// <param name="IsAtRest">
/// Whether it lies where this user may create no file, and nobody has it open: SQLite could not make the files it shares with
/// other processes, so the file is read by itself.
/// </param>
internal sealed record StoreFile(string Path, bool IsStore, bool IsAtRest)
{
    /// <summary>Refuses, in one line each, whatever cannot hold a store.</summary>
    public static StoreFile Examine(string path, bool forWriting)
    {
        var full = Resolve(path);
        if (Directory.Exists(full))
        {
            throw new SweepException($"{path}: is a folder; a store is a file");
        }

        var folder = System.IO.Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
        {
            throw new SweepException($"{path}: the folder {folder} does not exist");
        }

        if (Libc.FileSystemOf(folder) is { } magic && FileSystems.SharedName(magic) is { } shared)
        {
            throw new SweepException($"{path}: lies on a shared file system ({shared}), where SQLite cannot keep its promises; use a local disk, or PostgreSQL");
        }

        var file = new FileInfo(full);
        RequireAccess(path, full, folder, file.Exists, forWriting);
        var isStore = file.Exists && file.Length > 0 && HoldsStore(path, full);
        return new StoreFile(full, isStore, isStore && !Libc.MayReadAndWrite(folder) && !File.Exists(full + "-wal"));
    }

    private static string Resolve(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
        }
        catch (IOException e)
        {
            throw new SweepException($"{path}: {e.Message}", e);
        }
    }

    private static void RequireAccess(string path, string full, string folder, bool exists, bool forWriting)
    {
        if (exists && !Libc.MayRead(full))
        {
            throw new SweepException($"{path}: may not be read by this user");
        }

        if (forWriting && exists && !Libc.MayReadAndWrite(full))
        {
            throw new SweepException($"{path}: may not be written by this user");
        }

        if (forWriting && !Libc.MayReadAndWrite(folder))
        {
            throw new SweepException($"{path}: the folder {folder} may not be written by this user");
        }
    }

    private static bool HoldsStore(string path, string full)
    {
        // With a log beside it somebody may be copying that into the file, which alone looks damaged meanwhile.
        var database = File.Exists(full + "-wal") ? SqliteConnection.OpenForReading(full) : SqliteConnection.OpenAsIs(full);
        try
        {
            var application = Number(database, "PRAGMA application_id");
            if (application != SqliteSchema.ApplicationId)
            {
                // No tables: a store whose creation is still in the log, or was cut short.
                return application == 0 && Number(database, "SELECT count(*) FROM sqlite_schema") == 0
                    ? false
                    : throw new SweepException($"{path}: is the database of another program, not a store of sweep");
            }

            SqliteSchema.RequireKnownVersion(path, Number(database, "PRAGMA user_version"));
            return true;
        }
        finally
        {
            database.Close(copyLog: false);
        }
    }

    private static long Number(SqliteConnection database, string sql)
    {
        using var statement = database.Use(sql);
        return statement.Step() ? statement.Long(0) : 0;
    }
}
