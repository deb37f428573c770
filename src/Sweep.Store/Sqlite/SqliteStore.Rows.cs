using Sweep.Store.Portable;

namespace Sweep.Store.Sqlite;

public sealed partial class SqliteStore : IStoreRows
{
    int IStoreRows.SchemaVersion => SqliteSchema.Version;

    Task<T> IStoreRows.ReadRowsAsync<T>(Func<IRowReader, T> read, CancellationToken cancellationToken) =>
        Read(database => read(new SqliteRows(database)), cancellationToken);

    Task<T> IStoreRows.WriteRowsAsync<T>(Func<IRowWriter, T> write, CancellationToken cancellationToken) =>
        Writer.WriteAsync(session => write(new SqliteRows(session.Database)), cancellationToken);
}
