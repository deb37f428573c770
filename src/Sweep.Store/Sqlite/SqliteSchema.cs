using System.Reflection;
using Sweep.Search;

namespace Sweep.Store.Sqlite;

/// <summary>The numbered migrations, <c>Storage/Migrations/sqlite/NNN_name.sql</c>, and the version that they add up to.</summary>
internal static class SqliteSchema
{
    /// <summary>In the header of every store: "swep". It tells a store from other programs' databases.</summary>
    public const int ApplicationId = 0x7377_6570;

    /// <summary>The newest version this program knows.</summary>
    public const int Version = 6;

    private const string Folder = "sqlite/";

    public static IEnumerable<string> Migrations =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    public static void RequireKnownVersion(string path, long version)
    {
        if (version > Version)
        {
            throw new SweepException($"{path}: written by a newer version of sweep (schema {version}, this one knows up to {Version})");
        }
    }

    /// <summary>Brings a store to <see cref="Version"/>. The caller holds the file lock.</summary>
    public static void Upgrade(SqliteConnection database, string path, TimeProvider time)
    {
        RequireKnownVersion(path, VersionOf(database));
        UseLog(database, path);
        var version = VersionOf(database);
        if (version == Version)
        {
            return;
        }

        database.RunScript("BEGIN IMMEDIATE");
        foreach (var name in Migrations.Skip((int)version))
        {
            database.RunScript(Read(name));
            using var log = database.Use("INSERT INTO schema_version (version, name, applied_at) VALUES (?1, ?2, ?3)");
            log.Bind(1, ++version)
                .Bind(2, Path.GetFileNameWithoutExtension(name))
                .Bind(3, time.GetUtcNow().ToUnixTimeMilliseconds())
                .Run();
        }

        database.RunScript($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT");

        // What the file is can now be read from the file alone.
        database.EmptyLog();
    }

    public static long VersionOf(SqliteConnection database)
    {
        using var statement = database.Use("PRAGMA user_version");
        return statement.Step() ? statement.Long(0) : 0;
    }

    /// <summary>The mode stays with the file, but a copy made by other tools may have lost it.</summary>
    private static void UseLog(SqliteConnection database, string path)
    {
        using var mode = database.Use("PRAGMA journal_mode = WAL");
        if (!mode.Step() || !string.Equals(mode.Text(0), "wal", StringComparison.Ordinal))
        {
            throw new SweepException($"{path}: the file system does not support SQLite's write-ahead log (it needs shared memory)");
        }
    }

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
