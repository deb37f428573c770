using Sweep.Grains.Storage;
using Sweep.Grains.Trials;

namespace Sweep.Silo.Storage.Sqlite;

/// <summary>Reads sweeps and silos.</summary>
internal static class SweepRows
{
    private const string SiloColumns = "o.incarnation, o.name, o.host, o.boot_id, o.pid_namespace, o.pid, o.start_time, o.slots";

    private const string Select = $"""
        SELECT {SiloColumns}, s.id, s.name, s.state, s.state_reason, s.spec, s.spec_file, s.seed, s.search_version, s.maximize, s.inputs,
               s.term, s.created_at, s.finished_at, s.more
        FROM sweeps s LEFT JOIN silos o ON o.incarnation = s.owner
        """;

    public const string ByName = $"{Select} WHERE s.name = ?1";

    public const string ById = $"{Select} WHERE s.id = ?1";

    public const string List = $"{Select} ORDER BY s.id";

    public const string ListSilos = $"SELECT {SiloColumns} FROM silos o ORDER BY o.registered_at, o.incarnation";

    public static SweepRecord Read(SqliteStatement row) => new(
        row.Long(8),
        row.Text(9),
        (SweepState)row.Int(10),
        row.Text(11),
        row.Text(12),
        row.Text(13),
        row.Long(14),
        row.Int(15),
        row.Int(16) != 0,
        StoreJson.ToTexts(row.Text(17)),
        row.Long(18),
        row.IsNull(0) ? null : ReadSilo(row),
        Time(row.Long(19)),
        row.IsNull(20) ? null : Time(row.Long(20)))
    {
        More = [.. StoreJson.ToValues(row.Text(21)).Select(count => (int)count!.Value)],
    };

    public static SiloRecord ReadSilo(SqliteStatement row) => new(
        Guid.ParseExact(row.Text(0), "N"),
        row.Text(1),
        new ProcessIdentity(row.Text(2), row.Text(3), row.Text(4), row.Int(5), row.Long(6)),
        row.Int(7));

    public static SweepRecord? Find(SqliteConnection database, long sweepId)
    {
        using var row = database.Use(ById).Bind(1, sweepId);
        return row.Step() ? Read(row) : null;
    }

    public static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>An incarnation as the store writes it.</summary>
    public static string Token(Guid incarnation) => incarnation.ToString("N");
}
