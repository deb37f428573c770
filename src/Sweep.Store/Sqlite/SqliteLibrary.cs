using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;
using Sweep.Search;

namespace Sweep.Store.Sqlite;

/// <summary>Binds SQLitePCLRaw's provider to the distribution's SQLite, which gets security updates; nothing is bundled.</summary>
internal static class SqliteLibrary
{
    private const string FileName = "libsqlite3.so.0";

    // The name is SQLite's (SQLITE_CONFIG_MEMSTATUS); SQLitePCLRaw has no constant for it.
    private const int MemoryStatistics = 9;

    private static readonly Lock Gate = new();
    private static bool loaded;

    /// <summary>Loads the library once per process.</summary>
    public static void Load()
    {
        lock (Gate)
        {
            if (loaded)
            {
                return;
            }

            if (!NativeLibrary.TryLoad(FileName, out var library))
            {
                throw new SweepException($"{FileName} is not installed: install the Debian package libsqlite3-0");
            }

            NativeLibrary.SetDllImportResolver(
                typeof(SQLite3Provider_e_sqlite3).Assembly,
                (string name, Assembly _, DllImportSearchPath? _) => string.Equals(name, "e_sqlite3", StringComparison.Ordinal) ? library : 0);
            var provider = new SQLite3Provider_e_sqlite3();

            // Counting what is allocated takes a lock of the whole process at each allocation, and nobody asks.
            _ = ((ISQLite3Provider)provider).sqlite3_config(MemoryStatistics, 0);
            raw.SetProvider(provider);
            loaded = true;
        }
    }
}
