using Npgsql;
using Sweep.Store.Portable;

namespace Sweep.Store.Postgres;

public sealed partial class PostgresStore : IStoreRows
{
    /// <summary>Moving a store takes as long as it takes.</summary>
    private static readonly TimeSpan RowsTimeout = TimeSpan.FromHours(24);

    /// <summary>Between two rows a file is read or written, and no more.</summary>
    private static readonly TimeSpan RowsIdle = TimeSpan.FromMinutes(10);

    int IStoreRows.SchemaVersion => PostgresSchema.Version;

    Task<T> IStoreRows.ReadRowsAsync<T>(Func<IRowReader, T> read, CancellationToken cancellationToken) =>
        WithRowsAsync("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", rows => read(rows), cancellationToken);

    Task<T> IStoreRows.WriteRowsAsync<T>(Func<IRowWriter, T> write, CancellationToken cancellationToken) => WithRowsAsync(
        "BEGIN",
        rows =>
        {
            var result = write(rows);
            rows.Complete();
            return result;
        },
        cancellationToken);

    /// <summary>On a connection of its own: one that waits for a file must not keep anybody from reading or writing.</summary>
    private Task<T> WithRowsAsync<T>(string begin, Func<PostgresRows, T> body, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            await using var connection = new NpgsqlConnection(url.ConnectionString(RowsTimeout, RowsIdle));
            try
            {
                await connection.OpenAsync(cancellationToken);
                using var rows = new PostgresRows(connection);
                rows.Run(begin);
                var result = body(rows);
                rows.Run("COMMIT");
                return result;
            }
            catch (NpgsqlException e)
            {
                throw PostgresFailures.ToStore(url, e);
            }
        },
        cancellationToken);
}
