using Npgsql;

namespace Sweep.Store.Postgres;

/// <summary>Reads, one after the other, with a connection of their own. One that meets a broken connection is tried again for a while.</summary>
internal sealed class PostgresReader(PostgresUrl url, string connectionString, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long a read waits for a database that is away.</summary>
    private static readonly TimeSpan Patience = SiloRecord.DefaultLease / 2;

    private readonly SemaphoreSlim turn = new(1);
    private readonly PostgresSession session = new(url, connectionString, time);

    public async Task<List<T>> ReadAllAsync<T>(string sql, Func<PostgresRow, T> read, CancellationToken cancellationToken, params NpgsqlParameter[] arguments) =>
        await ReadAsync(
            async connection =>
            {
                var rows = new List<T>();
                await using var command = new NpgsqlCommand(sql, connection);
                foreach (var argument in arguments)
                {
                    command.Parameters.Add(argument.Clone());
                }

                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                var row = new PostgresRow(reader);
                while (await reader.ReadAsync(cancellationToken))
                {
                    rows.Add(read(row));
                }

                return rows;
            },
            cancellationToken);

    /// <summary>Reads with the connection, when it is this one's turn.</summary>
    /// <param name="read">It may run more than once.</param>
    /// <exception cref="StoreException">The database was away for longer than a read waits, or the statement failed.</exception>
    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var start = time.GetTimestamp();
            while (true)
            {
                NpgsqlConnection? connection = null;
                try
                {
                    connection = await session.OpenAsync(cancellationToken);
                    return await read(connection);
                }
                catch (Exception e) when (connection is { State: not System.Data.ConnectionState.Open } || PostgresFailures.IsAway(e))
                {
                    await session.BreakAsync();
                    cancellationToken.ThrowIfCancellationRequested();
                    if (time.GetElapsedTime(start) > Patience)
                    {
                        throw PostgresFailures.ToStore(url, e);
                    }

                    await session.PauseAsync(cancellationToken);
                }
                catch (PostgresException e)
                {
                    throw PostgresFailures.ToStore(url, e);
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        await session.DisposeAsync();
        turn.Release();
    }
}
