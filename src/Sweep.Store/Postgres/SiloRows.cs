using Npgsql;

namespace Sweep.Store.Postgres;

/// <summary>Reads silos.</summary>
internal static class SiloRows
{
    /// <summary>The columns that <see cref="Read"/> takes, in its order.</summary>
    public const string Columns =
        "o.incarnation, o.name, o.host, o.boot_id, o.pid_namespace, o.pid, o.start_time, o.slots, o.lease_ms, o.labels";

    /// <summary>How many those are.</summary>
    public const int ColumnCount = 10;

    public const string List = $"""
        SELECT {Columns}, o.registered_at, greatest(0, extract(epoch FROM clock_timestamp() - o.heartbeat))::float8, o.lease_until <= clock_timestamp()
        FROM silos o ORDER BY o.registered_at, o.incarnation
        """;

    public const string Refusals = """
        SELECT o.name, r.reason FROM refusals r JOIN silos o ON o.incarnation = r.incarnation
        WHERE r.sweep_id = $1 ORDER BY o.registered_at, o.incarnation
        """;

    public static SiloRecord Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        new ProcessIdentity(row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt32(5), row.GetInt64(6)),
        row.GetInt32(7))
    {
        Lease = TimeSpan.FromMilliseconds(row.GetInt64(8)),
        Labels = row.GetString(9),
    };

    /// <summary>Reads how a silo stands.</summary>
    /// <param name="row">Of <see cref="List"/>.</param>
    public static SiloStanding ReadStanding(NpgsqlDataReader row) => new(
        Read(row), SweepRows.Time(row.GetInt64(ColumnCount)), TimeSpan.FromSeconds(row.GetDouble(ColumnCount + 1)), row.GetBoolean(ColumnCount + 2));
}
