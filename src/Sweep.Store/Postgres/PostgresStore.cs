using Npgsql;

namespace Sweep.Store.Postgres;

/// <summary>
/// A store in a PostgreSQL database, for any number of processes on any machines. It holds at most three connections: one that writes, one that
/// reads, one that listens, each opened when it is needed and again after it broke. Writes are durable when their task completes.
/// </summary>
public sealed partial class PostgresStore : IStore
{
    /// <summary>A stopped process keeps its row locks no longer than this.</summary>
    internal static readonly TimeSpan WriteTimeout = SiloRecord.DefaultLease / 2;

    /// <summary>Reads lock nothing.</summary>
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(30);

    private readonly PostgresReader reader;
    private readonly PostgresHints hints;
    private readonly PostgresWriter? writer;
    private readonly PostgresUrl url;
    private bool disposed;

    private PostgresStore(PostgresUrl url, TimeProvider time, bool forWriting)
    {
        this.url = url;
        var reading = url.ConnectionString(ReadTimeout, WriteTimeout);
        reader = new PostgresReader(url, reading, time);
        hints = new PostgresHints(reader, url, reading, time);
        writer = forWriting ? new PostgresWriter(url, url.ConnectionString(WriteTimeout, WriteTimeout), time) : null;
    }

    /// <inheritdoc/>
    public bool IsLocal => false;

    /// <summary>Transactions this store has committed: fewer than writes, when they come together.</summary>
    internal long Commits => Writer.Commits;

    private PostgresWriter Writer => writer ?? throw new InvalidOperationException($"{url}: opened for reading only");

    /// <summary>Opens a store that <see cref="PostgresSchema.CreateAsync"/> created.</summary>
    /// <param name="address"><c>postgres://user:password@host:port/database?sslmode=…</c>; a password may come from PGPASSWORD or a passfile as well.</param>
    /// <exception cref="StoreNotFoundException">There is none; none was created.</exception>
    /// <exception cref="StoreException">The server cannot be reached, or refuses.</exception>
    /// <exception cref="Sweep.Search.SweepException">The address is none, the server too old, or the store of another version.</exception>
    public static Task<PostgresStore> OpenAsync(string address, TimeProvider time, CancellationToken cancellationToken) =>
        OpenAsync(address, time, forWriting: true, cancellationToken);

    /// <summary>The same, for reading only.</summary>
    public static Task<PostgresStore> OpenForReadingAsync(string address, CancellationToken cancellationToken) =>
        OpenAsync(address, TimeProvider.System, forWriting: false, cancellationToken);

    /// <summary>Commits what is queued, if the database takes it in time, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        await hints.DisposeAsync();
        if (writer is not null)
        {
            await writer.DisposeAsync();
        }

        await reader.DisposeAsync();
    }

    private static async Task<PostgresStore> OpenAsync(string address, TimeProvider time, bool forWriting, CancellationToken cancellationToken)
    {
        var place = PostgresUrl.Parse(address);
        await CheckAsync(place, cancellationToken);
        return new PostgresStore(place, time, forWriting);
    }

    /// <summary>One attempt: a command is told at once when the server is not there.</summary>
    private static async Task CheckAsync(PostgresUrl place, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(place.ConnectionString(WriteTimeout, WriteTimeout));
        try
        {
            await connection.OpenAsync(cancellationToken);
            await PostgresSchema.RequireAsync(place, connection, cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException || PostgresFailures.IsAway(e))
        {
            throw PostgresFailures.ToStore(place, e);
        }
    }
}
