using Sweep.Search.Trials;
using Sweep.Store.Rows;

namespace Sweep.Store.Sqlite;

public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<SweepRecord?> FindSweepAsync(string name, CancellationToken cancellationToken) => Read(
        database =>
        {
            using var row = database.Use(SweepSql.ByName).Bind(1, name);
            return row.Step() ? SweepRows.Read(row) : null;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SweepSummary>> ListSweepsAsync(CancellationToken cancellationToken) => Read<IReadOnlyList<SweepSummary>>(
        database =>
        {
            var kept = TrialSql.ReadFinalCounts(database);
            return database.Use(SweepSql.List).ReadAll(SweepRows.Read)
                .ConvertAll(sweep => new SweepSummary(sweep, kept.Contains(sweep.Id) ? TrialSql.Counted(kept[sweep.Id]) : TrialSql.Count(database, sweep.Id)));
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<SweepSummary> SummarizeAsync(long sweepId, CancellationToken cancellationToken) => Read(
        database => SweepSql.Find(database, sweepId) is { } sweep
            ? new SweepSummary(sweep, TrialSql.Count(database, sweepId))
            : throw new ArgumentException($"there is no sweep {sweepId}", nameof(sweepId)),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TrialRecord>> ListTrialsAsync(long sweepId, int fromNumber, int limit, CancellationToken cancellationToken) =>
        ListAsync(database => database.Use(TrialSql.List).Bind(1, sweepId).Bind(2, fromNumber).Bind(3, limit), TrialRows.Read, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TrialRecord>> RankTrialsAsync(long sweepId, int limit, CancellationToken cancellationToken) =>
        ListAsync(database => database.Use(TrialSql.Rank).Bind(1, sweepId).Bind(2, limit), TrialRows.Read, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TrialRecord>> FindTrialsAsync(long sweepId, int number, CancellationToken cancellationToken) =>
        ListAsync(database => database.Use(TrialSql.Find).Bind(1, sweepId).Bind(2, number), TrialRows.Read, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TrialRecord>> ListQuarantinedAsync(long sweepId, CancellationToken cancellationToken) =>
        ListAsync(database => database.Use(TrialSql.Quarantined).Bind(1, sweepId), TrialRows.Read, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReportRecord>> ListReportsAsync(long trialId, CancellationToken cancellationToken) =>
        ListAsync(database => database.Use(ReportSql.List).Bind(1, trialId), HistoryRows.ReadReport, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<(long TrialId, ReportRecord Report)>> ListReportsAtAsync(
        long sweepId, IReadOnlyList<int> steps, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<(long, ReportRecord)>>(
            database => [.. steps.SelectMany(step => database.Use(ReportSql.At).Bind(1, sweepId).Bind(2, step)
                .ReadAll(row => (row.Long(5), HistoryRows.ReadReport(row))))],
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> ListExperiencesAsync(
        long sweepId, int fromNumber, int toNumber, CancellationToken cancellationToken) =>
        ListAsync(
            database => database.Use(ReportSql.Experiences).Bind(1, sweepId).Bind(2, fromNumber).Bind(3, toNumber),
            row => (ReadOnlyMemory<byte>)row.Blob(0).ToArray(),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DecisionRecord>> ListDecisionsAsync(long sweepId, long after, CancellationToken cancellationToken) =>
        ListAsync(database => database.Use(DecisionSql.List).Bind(1, sweepId).Bind(2, after), HistoryRows.ReadDecision, cancellationToken);

    /// <inheritdoc/>
    public Task<Checkpoint?> FindFinalCheckpointAsync(long trialId, CancellationToken cancellationToken) =>
        Read(database => CheckpointRows.ReadFinal(database, trialId), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<EventRecord>> ListEventsAsync(long sweepId, int limit, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<EventRecord>>(
            database =>
            {
                var events = database.Use(EventLog.List).Bind(1, sweepId).Bind(2, limit).ReadAll(HistoryRows.ReadEvent);
                events.Reverse();
                return events;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<EventRecord>> ListTrialEventsAsync(long sweepId, int number, CancellationToken cancellationToken) =>
        ListAsync(database => database.Use(EventLog.ListOfTrial).Bind(1, sweepId).Bind(2, number), HistoryRows.ReadEvent, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SiloStanding>> ListSilosAsync(CancellationToken cancellationToken) => Read<IReadOnlyList<SiloStanding>>(
        database =>
        {
            var now = WriteSession.MonotonicOf(time);
            return database.Use(SiloSql.List).Bind(2, SiloSql.BootId).ReadAll(row => SiloSql.ReadStanding(row, now));
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunningTrialRecord>> ListRunningAsync(long? sweepId, CancellationToken cancellationToken) =>
        ListAsync(database => database.Use(TrialSql.Running).Bind(1, sweepId), TrialRows.ReadRunning, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SweepRefusal>> ListRefusalsAsync(long sweepId, CancellationToken cancellationToken) =>
        ListAsync(database => database.Use(SiloSql.Refusals).Bind(1, sweepId), SiloRows.ReadRefusal, cancellationToken);

    private Task<IReadOnlyList<T>> ListAsync<T>(
        Func<SqliteConnection, SqliteStatement> query, Func<SqliteStatement, T> read, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<T>>(database => query(database).ReadAll(read), cancellationToken);

    private Task<T> Read<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return Task.FromResult(readers.Read(read, cancellationToken));
    }
}
