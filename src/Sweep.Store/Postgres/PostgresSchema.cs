using System.Globalization;
using System.Reflection;
using Npgsql;
using Sweep.Search;

namespace Sweep.Store.Postgres;

/// <summary>The numbered migrations, <c>Storage/Migrations/postgres/NNN_name.sql</c>. Nothing is created or upgraded but on request.</summary>
public static class PostgresSchema
{
    /// <summary>The newest version this program knows.</summary>
    public const int Version = 6;

    /// <summary>The oldest server this program works with.</summary>
    public const int OldestServer = 15;

    private const string Folder = "postgres/";

    private const string HasSchema = "SELECT to_regclass('schema_version') IS NOT NULL";
    private const string Current = "SELECT coalesce(max(version), 0) FROM schema_version";
    private const string Living = "SELECT name FROM silos WHERE lease_until > clock_timestamp() ORDER BY registered_at LIMIT 1";

    /// <summary>Creates the schema in a database that is there.</summary>
    /// <returns>False when there is a store already; it is left as it is.</returns>
    /// <exception cref="SweepException">The server is too old, or the store newer than this program.</exception>
    public static Task<bool> CreateAsync(string url, CancellationToken cancellationToken) => ChangeAsync(url, isUpgrade: false, cancellationToken);

    /// <summary>Brings an older store to <see cref="Version"/>; refused while a silo is alive.</summary>
    /// <returns>False when it has that version already.</returns>
    /// <exception cref="StoreNotFoundException">There is no store.</exception>
    /// <exception cref="SweepException">A silo is alive, the server is too old, or the store newer than this program.</exception>
    public static Task<bool> UpgradeAsync(string url, CancellationToken cancellationToken) => ChangeAsync(url, isUpgrade: true, cancellationToken);

    /// <summary>Makes sure that a connection leads to a store of this version.</summary>
    internal static async Task RequireAsync(PostgresUrl url, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        RequireServer(url, connection);
        switch (await VersionAsync(connection, cancellationToken))
        {
            case 0:
                throw new StoreNotFoundException($"{url}: there is no store in this database yet; `sweep db init --db {url}` creates one");
            case > Version and var newer:
                throw Newer(url, newer);
            case < Version and var older:
                throw new SweepException(
                    $"{url}: written by an older version of sweep (schema {older}, this one needs {Version}); `sweep db upgrade --db {url}` brings it up to date, when no silo runs");
        }
    }

    private static async Task<bool> ChangeAsync(string url, bool isUpgrade, CancellationToken cancellationToken)
    {
        var address = PostgresUrl.Parse(url);
        await using var connection = new NpgsqlConnection(address.ConnectionString(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1)));
        try
        {
            await connection.OpenAsync(cancellationToken);
            RequireServer(address, connection);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await RunAsync(connection, "SELECT pg_advisory_xact_lock(6001420096839680000)", cancellationToken);
            var version = await VersionAsync(connection, cancellationToken);
            if (isUpgrade && version == 0)
            {
                throw new StoreNotFoundException($"{address}: there is no store in this database yet; `sweep db init --db {address}` creates one");
            }

            if (version > Version)
            {
                throw Newer(address, version);
            }

            if (version == Version)
            {
                return false;
            }

            if (version > 0)
            {
                await RequireUpgradeAsync(address, connection, version, isUpgrade, cancellationToken);
            }

            foreach (var name in Migrations.Skip(version))
            {
                await RunAsync(connection, Read(name), cancellationToken);
                await NoteAsync(connection, ++version, Path.GetFileNameWithoutExtension(name), cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException || PostgresFailures.IsAway(e))
        {
            throw PostgresFailures.ToStore(address, e);
        }
    }

    private static IEnumerable<string> Migrations =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static async Task RequireUpgradeAsync(
        PostgresUrl url, NpgsqlConnection connection, int version, bool isUpgrade, CancellationToken cancellationToken)
    {
        if (!isUpgrade)
        {
            throw new SweepException($"{url}: there is an older store (schema {version}); `sweep db upgrade --db {url}` brings it up to date");
        }

        await using var living = new NpgsqlCommand(Living, connection);
        if (await living.ExecuteScalarAsync(cancellationToken) is string silo)
        {
            throw new SweepException($"{url}: silo {silo} is alive; a store is upgraded when none is");
        }
    }

    private static void RequireServer(PostgresUrl url, NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < OldestServer)
        {
            throw new SweepException($"{url}: the server is PostgreSQL {connection.PostgreSqlVersion}; {OldestServer} or newer is needed");
        }
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand(HasSchema, connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return 0;
        }

        await using var version = new NpgsqlCommand(Current, connection);
        return (int)(await version.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task NoteAsync(NpgsqlConnection connection, int version, string name, CancellationToken cancellationToken)
    {
        await using var note = new NpgsqlCommand($"INSERT INTO schema_version (version, name, applied_at) VALUES ($1, $2, {Sql.Now})", connection);
        note.Parameters.Add(Sql.Arg(version));
        note.Parameters.Add(Sql.Arg(name));
        await note.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static SweepException Newer(PostgresUrl url, int version) => new(
        string.Create(CultureInfo.InvariantCulture, $"{url}: written by a newer version of sweep (schema {version}, this one knows up to {Version})"));

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
