using Sweep.Store.Postgres;
using Sweep.Store.Sqlite;

namespace Sweep.Store;

/// <summary>Opens the store that <c>--db</c> names: a PostgreSQL database for <c>postgres://</c> and <c>postgresql://</c>, an SQLite file for every other text.</summary>
public static class Stores
{
    /// <summary>Whether the text names a PostgreSQL store.</summary>
    public static bool IsPostgres(string db) => PostgresUrl.IsOne(db);

    /// <summary>The place for people, logs and errors: without the password of a URL.</summary>
    public static string Display(string db) => PostgresUrl.IsOne(db) ? PostgresUrl.Redact(db) : db;

    /// <summary>Opens a store for reading and writing. An SQLite store is created when there is none, a PostgreSQL store is not.</summary>
    /// <exception cref="StoreNotFoundException">There is no store in the PostgreSQL database.</exception>
    /// <exception cref="Sweep.Search.SweepException">The place cannot hold a store, holds something else, or cannot be reached.</exception>
    public static async Task<IStore> OpenAsync(string db, TimeProvider time, CancellationToken cancellationToken) => IsPostgres(db)
        ? await PostgresStore.OpenAsync(db, time, cancellationToken)
        : await SqliteStore.OpenAsync(db, time, cancellationToken);

    /// <summary>Opens a store that is there, for reading only.</summary>
    /// <exception cref="StoreNotFoundException">There is none; none was created.</exception>
    /// <exception cref="Sweep.Search.SweepException">The place holds something else, or cannot be reached.</exception>
    public static async Task<IStore> OpenForReadingAsync(string db, CancellationToken cancellationToken) => IsPostgres(db)
        ? await PostgresStore.OpenForReadingAsync(db, cancellationToken)
        : await SqliteStore.OpenForReadingAsync(db, cancellationToken);
}
