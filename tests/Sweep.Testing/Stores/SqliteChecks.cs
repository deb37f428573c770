using Sweep.Store.Sqlite;

namespace Sweep.Testing.Stores;

/// <summary>Looks at a database past the store.</summary>
internal static class SqliteChecks
{
    /// <summary>"ok", or what is wrong with the file or with references between its tables.</summary>
    public static string Integrity(string path) => string.Join(
        "; ", Rows(path, "PRAGMA integrity_check", row => row.Text(0)).Concat(Rows(path, "PRAGMA foreign_key_check", row => row.Text(0))));

    /// <summary>How a query is answered, a line per step.</summary>
    public static IReadOnlyList<string> Plan(string path, string sql) => Rows(path, $"EXPLAIN QUERY PLAN {sql}", row => row.Text(3));

    public static List<T> Rows<T>(string path, string sql, Func<SqliteStatement, T> read)
    {
        SqliteLibrary.Load();
        var database = SqliteConnection.OpenForReading(path);
        try
        {
            var rows = new List<T>();
            using var query = database.Use(sql);
            while (query.Step())
            {
                rows.Add(read(query));
            }

            return rows;
        }
        finally
        {
            database.Close(copyLog: false);
        }
    }

    /// <summary>Writes past the store, as another program would.</summary>
    public static void Write(string path, string sql)
    {
        SqliteLibrary.Load();
        var database = SqliteConnection.OpenForWriting(path);
        try
        {
            database.RunScript(sql);
        }
        finally
        {
            database.Close(copyLog: true);
        }
    }
}
