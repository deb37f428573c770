namespace Sweep.Store.Portable;

/// <summary>A store's rows as they are: to move sweeps to another store, and to check what must hold.</summary>
internal interface IStoreRows
{
    /// <summary>The schema's version.</summary>
    int SchemaVersion { get; }

    /// <summary>Reads, all of it as of one moment.</summary>
    Task<T> ReadRowsAsync<T>(Func<IRowReader, T> read, CancellationToken cancellationToken);

    /// <summary>Writes in one transaction: all or, when it throws, nothing.</summary>
    Task<T> WriteRowsAsync<T>(Func<IRowWriter, T> write, CancellationToken cancellationToken);
}
