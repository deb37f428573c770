using Sweep.Store.Portable;

namespace Sweep.Store.Sqlite;

/// <summary>Rows of an SQLite store as they are.</summary>
internal sealed class SqliteRows(SqliteConnection database) : IRowReader, IRowWriter
{
    private readonly Dictionary<string, long> _lastIds = [];

    public IReadOnlyList<(long Id, string Name)> Sweeps() =>
        database.Use("SELECT id, name FROM sweeps ORDER BY id").ReadAll(row => (row.Long(0), row.Text(1)));

    public IEnumerable<object?[]> Rows(PortableTable table, long sweepId)
    {
        using var rows = database.Use(table.Select("?1")).Bind(1, sweepId);
        while (rows.Step())
        {
            var values = new object?[table.Columns.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = rows.IsNull(i) ? null : Value(rows, i, table.Columns[i].Kind);
            }

            yield return values;
        }
    }

    public IReadOnlyList<string> Texts(string sql) => database.Use(sql).ReadAll(row => row.Text(0));

    public IReadOnlyList<string> Damage() =>
    [
        .. Texts("PRAGMA integrity_check").Where(text => text != "ok"),
        .. database.Use("PRAGMA foreign_key_check").ReadAll(row => $"table {row.Text(0)}: row {row.Text(1)} refers to nothing in {row.Text(2)}"),
    ];

    public bool HasSweep(string name)
    {
        using var row = database.Use("SELECT 1 FROM sweeps WHERE name = ?1").Bind(1, name);
        return row.Step();
    }

    public long NextId(PortableTable table)
    {
        if (!_lastIds.TryGetValue(table.Name, out var last))
        {
            // Ids of what was deleted are not used again where that matters: sqlite_sequence keeps them.
            using var row = database.Use(
                $"SELECT max(coalesce((SELECT max(id) FROM {table.Name}), 0), coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table.Name}'), 0))");
            last = row.Step() ? row.Long(0) : 0;
        }

        return _lastIds[table.Name] = last + 1;
    }

    public void Add(PortableTable table, object?[] values)
    {
        var places = table.Columns.Select((column, i) => column.Kind == PortableKind.RealOrInfinite ? $"coalesce(?{i + 1}, 9e999)" : $"?{i + 1}");
        using var insert = database.Use(
            $"INSERT INTO {table.Name} ({string.Join(", ", table.Columns.Select(column => column.Name))}) VALUES ({string.Join(", ", places)})");
        for (var i = 0; i < values.Length; i++)
        {
            _ = values[i] switch
            {
                long number => insert.Bind(i + 1, number),
                double number => insert.Bind(i + 1, number),
                byte[] bytes => insert.Bind(i + 1, bytes),
                var text => insert.Bind(i + 1, (string?)text),
            };
        }

        insert.Run();
    }

    private static object Value(SqliteStatement row, int column, PortableKind kind) => kind switch
    {
        PortableKind.Whole => row.Long(column),
        PortableKind.Text => row.Text(column),
        PortableKind.Blob => row.Blob(column).ToArray(),
        _ => row.Double(column),
    };
}
