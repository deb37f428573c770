using Npgsql;

namespace Sweep.Store.Postgres;

/// <summary>A batch, as the database knows it.</summary>
/// <param name="Writer">The open store that sends it.</param>
/// <param name="Session">Which of the store's connections, one after the other: a batch of an earlier one fails.</param>
internal sealed record WriterToken(Guid Writer, long Session, long Batch);

/// <summary>What the database has noted of a writer: its last committed batch, and which owners and coordinators held when it was written.</summary>
internal sealed record WriterRecord(
    long Session, long Batch, IReadOnlyList<(long Trial, int Attempt)> Trials, IReadOnlyList<(long Sweep, long Term)> Sweeps)
{
    /// <summary>Part of each transaction. The division fails when a later connection of the same writer has asked what became of it.</summary>
    public const string Note = """
        UPDATE writers SET batch = $2 / (session = $3)::int, trials = '{}', attempts = '{}', sweeps = '{}', terms = '{}', seen = clock_timestamp()
        WHERE id = $1
        """;

    /// <summary>Waits for a transaction of an earlier connection that is under way, and keeps later ones from being committed.</summary>
    private const string Enter = """
        INSERT INTO writers (id, session, batch) VALUES ($1, 1, 0)
        ON CONFLICT (id) DO UPDATE SET session = writers.session + 1, seen = clock_timestamp()
        RETURNING session, batch, trials, attempts, sweeps, terms
        """;

    private const string Forget = "DELETE FROM writers WHERE id = $1 OR seen < clock_timestamp() - interval '30 days'";

    public static async Task<WriterRecord> EnterAsync(NpgsqlConnection connection, Guid writer, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Enter, connection);
        command.Parameters.Add(Sql.Arg(writer));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new WriterRecord(
            reader.GetInt64(0),
            reader.GetInt64(1),
            [.. reader.GetFieldValue<long[]>(2).Zip(reader.GetFieldValue<int[]>(3))],
            [.. reader.GetFieldValue<long[]>(4).Zip(reader.GetFieldValue<long[]>(5))]);
    }

    /// <summary>Takes the writer out, and those that have not been heard of for a month.</summary>
    public static async Task ForgetAsync(NpgsqlConnection connection, Guid writer, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Forget, connection);
        command.Parameters.Add(Sql.Arg(writer));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
