namespace Sweep.Client.Commands;

/// <summary>A store as it may be printed and logged: without the password that its address may hold.</summary>
internal static class StoreName
{
    private const string Default = "sweep.db";

    /// <summary>The path of a file; a URL without its password: <c>postgres://user@host/sweeps</c>.</summary>
    public static string Of(string db)
    {
        if (!IsUrl(db))
        {
            return db;
        }

        var start = db.IndexOf("://", StringComparison.Ordinal) + "://".Length;

        // A password may hold any character, an @ or a / too, where it is not written as a URL should be.
        var at = db.LastIndexOf('@');
        var colon = at < 0 ? -1 : db.IndexOf(':', start, at - start);
        var shown = colon < 0 ? db : db[..colon] + db[at..];
        var query = shown.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? shown : shown[..query] + WithoutPassword(shown[query..]);
    }

    /// <summary>The option that names this store, for a command that is proposed, when it is not the default one.</summary>
    public static string Option(string db) => db == Default ? "" : $" --db {Of(db)}";

    /// <summary>The log beside a store that is a file; null for any other.</summary>
    public static string? LogBeside(string db) => IsUrl(db) ? null : Path.ChangeExtension(db, ".log");

    /// <summary>Whether it is a server's address rather than a file.</summary>
    public static bool IsUrl(string db) =>
        db.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || db.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static string WithoutPassword(string query)
    {
        var kept = query[1..].Split('&').Where(part => !part.StartsWith("password=", StringComparison.OrdinalIgnoreCase)).ToList();
        return kept.Count == 0 ? "" : "?" + string.Join('&', kept);
    }
}
