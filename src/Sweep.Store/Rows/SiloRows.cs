namespace Sweep.Store.Rows;

/// <summary>Reads silos.</summary>
internal static class SiloRows
{
    /// <summary>The columns that <see cref="Read"/> takes, in its order, of silos AS o.</summary>
    public const string Columns =
        "o.incarnation, o.name, o.host, o.boot_id, o.pid_namespace, o.pid, o.start_time, o.slots, o.lease_ms, o.labels";

    /// <summary>How many those are.</summary>
    public const int ColumnCount = 10;

    public static SiloRecord Read(IRow row) => new(
        row.Guid(0),
        row.Text(1),
        new ProcessIdentity(row.Text(2), row.Text(3), row.Text(4), row.Int(5), row.Long(6)),
        row.Int(7))
    {
        Lease = TimeSpan.FromMilliseconds(row.Long(8)),
        Labels = row.Text(9),
    };

    public static SweepRefusal ReadRefusal(IRow row) => new(row.Text(0), row.Text(1));
}
