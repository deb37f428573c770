namespace Sweep.Store.Sqlite;

/// <summary>What a write works with: the writing connection, inside a transaction, and the time for people.</summary>
internal sealed class WriteSession(SqliteConnection database, TimeProvider time)
{
    public SqliteConnection Database { get; } = database;

    /// <summary>What the batch's reports change in their trials' rows, not written yet.</summary>
    public ReportedRows Reported { get; } = new();

    /// <summary>Milliseconds since 1970.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>CLOCK_MONOTONIC in nanoseconds.</summary>
    public long Monotonic => MonotonicOf(time);

    public static long MonotonicOf(TimeProvider time) => (long)(time.GetTimestamp() * (1e9 / time.TimestampFrequency));

    /// <summary>A statement of the writing connection.</summary>
    public SqliteStatement Use(string sql) => Database.Use(sql);
}
