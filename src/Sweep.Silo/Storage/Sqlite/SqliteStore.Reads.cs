using Sweep.Grains.Storage;

namespace Sweep.Silo.Storage.Sqlite;

public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<SweepRecord?> FindSweepAsync(string name, CancellationToken cancellationToken) => Read(
        database =>
        {
            using var row = database.Use(SweepRows.ByName).Bind(1, name);
            return row.Step() ? SweepRows.Read(row) : null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SweepSummary>> ListSweepsAsync(CancellationToken cancellationToken) => Read<IReadOnlyList<SweepSummary>>(
        database => List(database.Use(SweepRows.List), SweepRows.Read)
            .ConvertAll(sweep => new SweepSummary(sweep, TrialRows.Count(database, sweep.Id))),
        cancellationToken);

    /// <inheritdoc/>
    public Task<SweepSummary> SummarizeAsync(long sweepId, CancellationToken cancellationToken) => Read(
        database => SweepRows.Find(database, sweepId) is { } sweep
            ? new SweepSummary(sweep, TrialRows.Count(database, sweepId))
            : throw new ArgumentException($"there is no sweep {sweepId}", nameof(sweepId)),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TrialRecord>> ListTrialsAsync(long sweepId, int fromNumber, int limit, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<TrialRecord>>(
            database => List(database.Use(TrialRows.List).Bind(1, sweepId).Bind(2, fromNumber).Bind(3, limit), TrialRows.Read),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TrialRecord>> RankTrialsAsync(long sweepId, int limit, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<TrialRecord>>(
            database => List(database.Use(TrialRows.Rank).Bind(1, sweepId).Bind(2, limit), TrialRows.Read),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TrialRecord>> FindTrialsAsync(long sweepId, int number, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<TrialRecord>>(
            database => List(database.Use(TrialRows.Find).Bind(1, sweepId).Bind(2, number), TrialRows.Read),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReportRecord>> ListReportsAsync(long trialId, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<ReportRecord>>(
            database => List(database.Use(ReportRows.List).Bind(1, trialId), ReportRows.Read),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<(long TrialId, ReportRecord Report)>> ListReportsAtAsync(
        long sweepId, IReadOnlyList<int> steps, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<(long, ReportRecord)>>(
            database => [.. steps.SelectMany(step => List(
                database.Use(ReportRows.At).Bind(1, sweepId).Bind(2, step),
                row => (row.Long(5), ReportRows.Read(row))))],
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> ListExperiencesAsync(
        long sweepId, int fromNumber, int toNumber, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<ReadOnlyMemory<byte>>>(
            database => List(
                database.Use(ReportRows.Experiences).Bind(1, sweepId).Bind(2, fromNumber).Bind(3, toNumber),
                row => (ReadOnlyMemory<byte>)row.Blob(0).ToArray()),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DecisionRecord>> ListDecisionsAsync(long sweepId, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<DecisionRecord>>(
            database => List(database.Use(DecisionRows.List).Bind(1, sweepId), DecisionRows.Read),
            cancellationToken);

    /// <inheritdoc/>
    public Task<Checkpoint?> FindFinalCheckpointAsync(long trialId, CancellationToken cancellationToken) =>
        Read(database => CheckpointRows.ReadFinal(database, trialId), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<EventRecord>> ListEventsAsync(long sweepId, int limit, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<EventRecord>>(
            database =>
            {
                var events = List(database.Use(EventLog.List).Bind(1, sweepId).Bind(2, limit), EventLog.Read);
                events.Reverse();
                return events;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SiloRecord>> ListSilosAsync(CancellationToken cancellationToken) => Read<IReadOnlyList<SiloRecord>>(
        database => List(database.Use(SweepRows.ListSilos), SweepRows.ReadSilo),
        cancellationToken);

    private static List<T> List<T>(SqliteStatement query, Func<SqliteStatement, T> read)
    {
        using (query)
        {
            var rows = new List<T>();
            while (query.Step())
            {
                rows.Add(read(query));
            }

            return rows;
        }
    }

    private Task<T> Read<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return Task.FromResult(readers.Read(read, cancellationToken));
    }
}
