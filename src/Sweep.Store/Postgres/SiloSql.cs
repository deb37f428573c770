using Sweep.Store.Rows;

namespace Sweep.Store.Postgres;

/// <summary>The queries for silos.</summary>
internal static class SiloSql
{
    public const string List = $"""
        SELECT {SiloRows.Columns}, o.registered_at, greatest(0, extract(epoch FROM clock_timestamp() - o.heartbeat))::float8, o.lease_until <= clock_timestamp()
        FROM silos o ORDER BY o.registered_at, o.incarnation
        """;

    public const string Refusals = """
        SELECT o.name, r.reason FROM refusals r JOIN silos o ON o.incarnation = r.incarnation
        WHERE r.sweep_id = $1 ORDER BY o.registered_at, o.incarnation
        """;

    /// <summary>Reads how a silo stands.</summary>
    /// <param name="row">Of <see cref="List"/>.</param>
    public static SiloStanding ReadStanding(IRow row) => new(
        SiloRows.Read(row), row.Time(SiloRows.ColumnCount), TimeSpan.FromSeconds(row.Double(SiloRows.ColumnCount + 1)), row.Bool(SiloRows.ColumnCount + 2));
}
