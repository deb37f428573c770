using System.Net.Sockets;
using Npgsql;

namespace Sweep.Store.Postgres;

/// <summary>What an error of PostgreSQL, or of the way to it, means for what was under way; and in words that tell the user what to mend.</summary>
internal static class PostgresFailures
{
    /// <summary>The connection is gone, or not there yet: it may come back.</summary>
    public static bool IsAway(Exception e) => e switch
    {
        PostgresException p => p.SqlState is "25P03" or "57P01" or "57P02" or "57P03" or "57P05" or "53300" || p.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException or SocketException or TimeoutException or EndOfStreamException or IOException => true,
        ObjectDisposedException => false,
        InvalidOperationException => false,
        _ => false,
    };

    /// <summary>Two transactions stood in each other's way: this one was undone, and is to be tried again.</summary>
    public static bool IsCollision(Exception e) => e is PostgresException { SqlState: "40001" or "40P01" or "55P03" };

    /// <summary>It took too long, perhaps because it waited for a lock.</summary>
    public static bool IsSlow(Exception e) => e is PostgresException { SqlState: "57014" };

    /// <summary>The store itself failed, rather than one statement: what is in the same transaction fails with it.</summary>
    public static bool IsOfTheStore(Exception e) => e is PostgresException p &&
        (p.SqlState.StartsWith("53", StringComparison.Ordinal) || p.SqlState.StartsWith("58", StringComparison.Ordinal) || p.SqlState.StartsWith("XX", StringComparison.Ordinal));

    /// <summary>Connecting was refused for a reason that waiting does not mend.</summary>
    public static bool IsRefusal(Exception e) => e is PostgresException { SqlState: "28P01" or "28000" or "3D000" or "42501" };

    public static StoreException ToStore(PostgresUrl url, Exception e) => e as StoreException ?? new StoreException(Describe(url, e), e);

    private static string Describe(PostgresUrl url, Exception e) => e switch
    {
        PostgresException { SqlState: "28P01" or "28000" } p => $"{url}: {p.MessageText}; the password comes from the URL, PGPASSWORD or a passfile (~/.pgpass)",
        PostgresException { SqlState: "3D000" } p => $"{url}: {p.MessageText}; create it first: createdb",
        PostgresException { SqlState: "53100" } => $"{url}: no space left on the server's disk",
        PostgresException { SqlState: "53300" } => $"{url}: the server has no connection left (max_connections)",
        PostgresException { SqlState: "57014" } => $"{url}: a statement took too long, or waited too long for another",
        PostgresException p => $"{url}: {p.MessageText} (PostgreSQL error {p.SqlState})",
        _ => $"{url}: the server cannot be reached ({(e.InnerException ?? e).Message})",
    };
}
