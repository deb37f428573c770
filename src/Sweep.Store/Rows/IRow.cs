namespace Sweep.Store.Rows;

/// <summary>A row of a query, in either store. Columns count from 0.</summary>
internal interface IRow
{
    bool IsNull(int column);

    bool Bool(int column);

    int Int(int column);

    long Long(int column);

    double Double(int column);

    string Text(int column);

    Guid Guid(int column);
}

/// <summary>What several kinds of rows hold.</summary>
internal static class RowValues
{
    /// <summary>Milliseconds since 1970.</summary>
    public static DateTimeOffset Time(this IRow row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.Long(column));

    public static DateTimeOffset? TimeOrNull(this IRow row, int column) => row.IsNull(column) ? null : row.Time(column);

    public static int? IntOrNull(this IRow row, int column) => row.IsNull(column) ? null : row.Int(column);

    public static long? LongOrNull(this IRow row, int column) => row.IsNull(column) ? null : row.Long(column);

    public static string? TextOrNull(this IRow row, int column) => row.IsNull(column) ? null : row.Text(column);
}
