using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary>A store as it may be printed and logged: without the password that its address may hold.</summary>
internal static class StoreName
{
    private const string Default = "sweep.db";

    /// <summary>The path of a file; a URL without its password: <c>postgres://user@host/sweeps</c>.</summary>
    public static string Of(string db) => Stores.Display(db);

    /// <summary>The option that names this store, for a command that is proposed, when it is not the default one.</summary>
    public static string Option(string db) => db == Default ? "" : $" --db {Of(db)}";

    /// <summary>The log beside a store that is a file; null for any other.</summary>
    public static string? LogBeside(string db) => Stores.IsPostgres(db) ? null : Path.ChangeExtension(db, ".log");
}
