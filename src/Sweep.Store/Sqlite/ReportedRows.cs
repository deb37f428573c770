namespace Sweep.Store.Sqlite;

/// <summary>
/// What reports change in their trials' rows, kept until the end of the batch: of several reports of a trial only the last one shows in its row and
/// in the ranking, so that is written once.
/// </summary>
/// <remarks>
/// An entry was fenced when it was made, and may be written after anything else in its batch: nothing but a claim writes the same columns, and that raises the attempt.
/// </remarks>
internal sealed class ReportedRows
{
    /// <summary>The columns that a report changes; ?3 to ?6.</summary>
    public const string Columns = """
        resource = ?3, objectives = ?4, seconds = seconds + ?5,
        rank_cost = coalesce(CASE WHEN (SELECT maximize FROM sweeps WHERE sweeps.id = sweep_id) THEN -?6 ELSE ?6 END, 9e999)
        """;

    private const string Update = $"UPDATE trials SET {Columns}, rank_resource = ?3 WHERE id = ?1 AND attempt = ?2";

    private readonly Dictionary<long, Entry> entries = [];

    /// <summary>The entry of an attempt, and null when it has none.</summary>
    public Entry? Find(long trialId, int attempt) => entries.TryGetValue(trialId, out var entry) && entry.Attempt == attempt ? entry : null;

    public void Set(long trialId, Entry entry) => entries[trialId] = entry;

    public void Remove(long trialId) => entries.Remove(trialId);

    public void Clear() => entries.Clear();

    /// <summary>Writes all of them.</summary>
    public void Write(SqliteConnection database)
    {
        foreach (var (trialId, entry) in entries)
        {
            using var update = database.Use(Update).Bind(1, trialId).Bind(2, entry.Attempt);
            entry.Bind(update).Run();
        }

        entries.Clear();
    }

    /// <summary>What a row shows of its trial's reports.</summary>
    /// <param name="Values">The objectives, as JSON.</param>
    /// <param name="Seconds">To be added.</param>
    internal sealed record Entry(int Attempt, int Step, string Values, double? First, double Seconds)
    {
        /// <summary>The entry with those before it in the batch.</summary>
        public Entry After(Entry? earlier) => earlier is null ? this : this with { Seconds = earlier.Seconds + Seconds };

        /// <summary>Binds ?3 to ?6.</summary>
        public SqliteStatement Bind(SqliteStatement update) => update.Bind(3, Step).Bind(4, Values).Bind(5, Seconds).Bind(6, First);
    }
}
