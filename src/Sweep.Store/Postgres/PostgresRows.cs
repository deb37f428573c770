using Npgsql;
using NpgsqlTypes;
using Sweep.Store.Portable;

namespace Sweep.Store.Postgres;

/// <summary>Rows of a PostgreSQL store as they are, in the transaction that its connection is in.</summary>
internal sealed class PostgresRows(NpgsqlConnection connection) : IRowReader, IRowWriter, IDisposable
{
    /// <summary>Ids are taken from their sequence so many at once.</summary>
    private const int IdsAtOnce = 1000;

    private readonly Dictionary<string, Queue<long>> ids = [];
    private readonly Dictionary<string, NpgsqlDbType[]> types = [];
    private NpgsqlBinaryImporter? import;
    private PortableTable? importing;

    public IReadOnlyList<(long Id, string Name)> Sweeps() =>
        [.. Read("SELECT id, name FROM sweeps ORDER BY id", row => (row.GetInt64(0), row.GetString(1)))];

    public IEnumerable<object?[]> Rows(PortableTable table, long sweepId) =>
        Read(table.Select("$1"), row => Values(row, table), new NpgsqlParameter<long> { TypedValue = sweepId });

    public IReadOnlyList<string> Texts(string sql) => [.. Read(sql, row => row.GetString(0))];

    /// <summary>The server looks after that by itself.</summary>
    public IReadOnlyList<string> Damage() => [];

    public bool HasSweep(string name) => Read("SELECT 1 FROM sweeps WHERE name = $1", _ => true, new NpgsqlParameter<string> { TypedValue = name }).Any();

    public long NextId(PortableTable table)
    {
        if (!ids.TryGetValue(table.Name, out var free))
        {
            ids.Add(table.Name, free = []);
        }

        if (free.Count == 0)
        {
            Complete();
            foreach (var id in Read($"SELECT nextval(pg_get_serial_sequence('{table.Name}', 'id')) FROM generate_series(1, {IdsAtOnce})", row => row.GetInt64(0)))
            {
                free.Enqueue(id);
            }
        }

        return free.Dequeue();
    }

    public void Add(PortableTable table, object?[] values)
    {
        if (importing != table || import is null)
        {
            Complete();
            var columns = string.Join(", ", table.Columns.Select(column => column.Name));
            TypesOf(table, columns);
            (importing, import) = (table, connection.BeginBinaryImport($"COPY {table.Name} ({columns}) FROM STDIN (FORMAT binary)"));
        }

        import.StartRow();
        for (var i = 0; i < values.Length; i++)
        {
            Write(import, values[i], table.Columns[i].Kind, types[table.Name][i]);
        }
    }

    /// <summary>Hands over what was added.</summary>
    public void Complete()
    {
        import?.Complete();
        import?.Dispose();
        import = null;
    }

    public void Run(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose() => import?.Dispose();

    private static void Write(NpgsqlBinaryImporter import, object? value, PortableKind kind, NpgsqlDbType type)
    {
        switch (value)
        {
            case null when kind == PortableKind.RealOrInfinite:
                import.Write(double.PositiveInfinity, type);
                break;
            case null:
                import.WriteNull();
                break;
            case long number when type == NpgsqlDbType.Integer:
                import.Write(checked((int)number), type);
                break;
            case long number when type == NpgsqlDbType.Smallint:
                import.Write(checked((short)number), type);
                break;
            case long number:
                import.Write(number, type);
                break;
            case double number:
                import.Write(number, type);
                break;
            case byte[] bytes:
                import.Write(bytes, type);
                break;
            default:
                import.Write((string)value, type);
                break;
        }
    }

    private static object?[] Values(NpgsqlDataReader row, PortableTable table)
    {
        var values = new object?[table.Columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = row.IsDBNull(i) ? null : row.GetValue(i) switch
            {
                int number => (long)number,
                short number => (long)number,
                var value => value,
            };
        }

        return values;
    }

    /// <summary>The width of its columns is the server's to say.</summary>
    private void TypesOf(PortableTable table, string columns)
    {
        if (types.ContainsKey(table.Name))
        {
            return;
        }

        using var command = new NpgsqlCommand($"SELECT {columns} FROM {table.Name} LIMIT 0", connection);
        using var reader = command.ExecuteReader();
        types.Add(table.Name, [.. reader.GetColumnSchema().Select(column => column.NpgsqlDbType!.Value)]);
    }

    private IEnumerable<T> Read<T>(string sql, Func<NpgsqlDataReader, T> read, params NpgsqlParameter[] arguments)
    {
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var argument in arguments)
        {
            command.Parameters.Add(argument);
        }

        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return read(reader);
        }
    }
}
