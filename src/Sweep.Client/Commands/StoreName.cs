using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary>The name of a store for output and logs, without the password.</summary>
internal static class StoreName
{
    private const string Default = "sweep.db";

    /// <summary>The path of a file; a URL without its password: <c>postgres://user@host/sweeps</c>.</summary>
    public static string Of(string db) => Stores.Display(db);

    /// <summary>The <c>--db</c> option for a suggested command; empty for the default store.</summary>
    public static string Option(string db) => db == Default ? "" : $" --db {Of(db)}";

    /// <summary>The default log file: next to a SQLite store; null for PostgreSQL.</summary>
    public static string? LogBeside(string db) => Stores.IsPostgres(db) ? null : Path.ChangeExtension(db, ".log");
}
