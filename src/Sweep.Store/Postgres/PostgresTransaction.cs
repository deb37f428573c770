using Npgsql;

namespace Sweep.Store.Postgres;

/// <summary>What a write of several round trips works with: the writing connection, inside a transaction. It is not canceled half way.</summary>
internal sealed class PostgresTransaction(NpgsqlConnection connection)
{
    public Task BeginAsync() => RunAsync("BEGIN");

    /// <summary>Notes the batch, and commits, in one round trip.</summary>
    public async Task CommitAsync(WriterToken token)
    {
        await using var batch = new NpgsqlBatch(connection);
        var note = new NpgsqlBatchCommand(WriterRecord.Note);
        note.Parameters.AddRange(new[] { Sql.Arg(token.Writer), Sql.Arg(token.Batch), Sql.Arg(token.Session) });
        batch.BatchCommands.Add(note);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    public Task RollBackAsync() => RunAsync("ROLLBACK");

    /// <summary>Runs a statement; returns how many rows it wrote.</summary>
    public async Task<int> RunAsync(string sql, params NpgsqlParameter[] arguments)
    {
        await using var command = Command(sql, arguments);
        return await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    public async Task<List<T>> ReadAllAsync<T>(string sql, Func<PostgresRow, T> read, params NpgsqlParameter[] arguments)
    {
        var rows = new List<T>();
        await using var command = Command(sql, arguments);
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
        var row = new PostgresRow(reader);
        while (await reader.ReadAsync(CancellationToken.None))
        {
            rows.Add(read(row));
        }

        return rows;
    }

    /// <summary>The first row, or the default when there is none.</summary>
    public async Task<T?> ReadAsync<T>(string sql, Func<PostgresRow, T> read, params NpgsqlParameter[] arguments) =>
        (await ReadAllAsync(sql, read, arguments)).FirstOrDefault();

    private NpgsqlCommand Command(string sql, NpgsqlParameter[] arguments)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(arguments);
        return command;
    }
}
