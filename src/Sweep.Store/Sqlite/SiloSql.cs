using Sweep.Store.Processes;
using Sweep.Store.Rows;

namespace Sweep.Store.Sqlite;

/// <summary>The queries for silos.</summary>
internal static class SiloSql
{
    public const string List = $"SELECT {SiloRows.Columns}, o.registered_at, {Heard}, {LeaseUntil} FROM silos o ORDER BY o.registered_at, o.incarnation";

    /// <summary>When its lease ends; ?1 is the silo, ?2 this machine's boot id.</summary>
    public const string LeaseEnd = $"SELECT {LeaseUntil} FROM silos o WHERE o.incarnation = ?1";

    public const string Refusals = """
        SELECT o.name, r.reason FROM refusals r JOIN silos o ON o.incarnation = r.incarnation
        WHERE r.sweep_id = ?1 ORDER BY o.registered_at, o.incarnation
        """;

    // Times of another boot mean nothing now: such a silo was last heard of before this boot, at which the clock was 0.
    private const string IsOfThisBoot = "(o.boot_id = ?2 OR o.boot_id = '' OR ?2 = '')";
    private const string Heard = $"iif({IsOfThisBoot}, o.heartbeat, 0)";
    private const string LeaseUntil = $"iif({IsOfThisBoot}, coalesce(o.lease_until, 0), o.lease_ms * 1000000)";

    /// <summary>The boot id of the machine, on which all silos of a store run.</summary>
    public static string BootId { get; } = ProcessIdentities.Current().BootId;

    /// <summary>Reads how a silo stands.</summary>
    /// <param name="row">Of <see cref="List"/>.</param>
    /// <param name="now">CLOCK_MONOTONIC in nanoseconds.</param>
    public static SiloStanding ReadStanding(IRow row, long now) => new(
        SiloRows.Read(row),
        row.Time(SiloRows.ColumnCount),
        TimeSpan.FromTicks(Math.Max(0, now - row.Long(SiloRows.ColumnCount + 1)) / TimeSpan.NanosecondsPerTick),
        row.Long(SiloRows.ColumnCount + 2) <= now);

    /// <summary>An incarnation as the store writes it.</summary>
    public static string Token(Guid incarnation) => incarnation.ToString("N");
}
