using Sweep.Search.Trials;
using Sweep.Store.Rows;

namespace Sweep.Store.Postgres;

public sealed partial class PostgresStore
{
    /// <summary>One statement, so that what is replaced meanwhile comes whole; the chunks in their order.</summary>
    private const string FinalCheckpoint = """
        SELECT c.id, c.epoch, c.step, c.size, k.content
        FROM (SELECT * FROM checkpoints WHERE trial_id = $1 ORDER BY kept DESC, epoch DESC, step DESC LIMIT 1) c
        LEFT JOIN checkpoint_chunks k ON k.checkpoint_id = c.id ORDER BY k.chunk
        """;

    /// <inheritdoc/>
    public async Task<SweepRecord?> FindSweepAsync(string name, CancellationToken cancellationToken) =>
        (await reader.ReadAllAsync(SweepSql.ByName, SweepRows.Read, cancellationToken, Sql.Arg(name))).FirstOrDefault();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SweepSummary>> ListSweepsAsync(CancellationToken cancellationToken)
    {
        var sweeps = await reader.ReadAllAsync(SweepSql.List, SweepRows.Read, cancellationToken);
        var counts = (await reader.ReadAllAsync(
            TrialSql.AllCounts, row => (Sweep: row.Long(0), State: (TrialState)row.Int(1), Count: (int)row.Long(2)), cancellationToken))
            .ToLookup(row => row.Sweep);
        return sweeps.ConvertAll(sweep => new SweepSummary(
            sweep, new SortedDictionary<TrialState, int>(counts[sweep.Id].ToDictionary(row => row.State, row => row.Count))));
    }

    /// <inheritdoc/>
    public async Task<SweepSummary> SummarizeAsync(long sweepId, CancellationToken cancellationToken)
    {
        var sweep = await reader.ReadAllAsync(SweepSql.ById, SweepRows.Read, cancellationToken, Sql.Arg(sweepId));
        if (sweep.Count == 0)
        {
            throw new ArgumentException($"there is no sweep {sweepId}", nameof(sweepId));
        }

        var counts = await reader.ReadAllAsync(
            TrialSql.Counts, row => (State: (TrialState)row.Int(0), Count: (int)row.Long(1)), cancellationToken, Sql.Arg(sweepId));
        return new SweepSummary(sweep[0], new SortedDictionary<TrialState, int>(counts.ToDictionary(row => row.State, row => row.Count)));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TrialRecord>> ListTrialsAsync(long sweepId, int fromNumber, int limit, CancellationToken cancellationToken) =>
        await reader.ReadAllAsync(TrialSql.List, TrialRows.Read, cancellationToken, Sql.Arg(sweepId), Sql.Arg(fromNumber), Sql.Arg(limit));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TrialRecord>> RankTrialsAsync(long sweepId, int limit, CancellationToken cancellationToken) =>
        await reader.ReadAllAsync(TrialSql.Rank, TrialRows.Read, cancellationToken, Sql.Arg(sweepId), Sql.Arg(limit));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TrialRecord>> FindTrialsAsync(long sweepId, int number, CancellationToken cancellationToken) =>
        await reader.ReadAllAsync(TrialSql.Find, TrialRows.Read, cancellationToken, Sql.Arg(sweepId), Sql.Arg(number));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TrialRecord>> ListQuarantinedAsync(long sweepId, CancellationToken cancellationToken) =>
        await reader.ReadAllAsync(TrialSql.Quarantined, TrialRows.Read, cancellationToken, Sql.Arg(sweepId));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReportRecord>> ListReportsAsync(long trialId, CancellationToken cancellationToken) =>
        await reader.ReadAllAsync(ReportSql.List, HistoryRows.ReadReport, cancellationToken, Sql.Arg(trialId));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(long TrialId, ReportRecord Report)>> ListReportsAtAsync(
        long sweepId, IReadOnlyList<int> steps, CancellationToken cancellationToken)
    {
        var all = new List<(long, ReportRecord)>();
        foreach (var step in steps)
        {
            all.AddRange(await reader.ReadAllAsync(
                ReportSql.At, row => (row.Long(5), HistoryRows.ReadReport(row)), cancellationToken, Sql.Arg(sweepId), Sql.Arg(step)));
        }

        return all;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ListExperiencesAsync(
        long sweepId, int fromNumber, int toNumber, CancellationToken cancellationToken) => await reader.ReadAllAsync(
        ReportSql.Experiences, row => (ReadOnlyMemory<byte>)row.Bytes(0), cancellationToken,
        Sql.Arg(sweepId), Sql.Arg(fromNumber), Sql.Arg(toNumber));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DecisionRecord>> ListDecisionsAsync(long sweepId, long after, CancellationToken cancellationToken) =>
        await reader.ReadAllAsync(ReportSql.Decisions, HistoryRows.ReadDecision, cancellationToken, Sql.Arg(sweepId), Sql.Arg(after));

    /// <inheritdoc/>
    public async Task<Checkpoint?> FindFinalCheckpointAsync(long trialId, CancellationToken cancellationToken)
    {
        var rows = await reader.ReadAllAsync(
            FinalCheckpoint,
            row => (Head: new CheckpointHead(row.Long(0), row.Int(1), row.Long(2), row.Long(3)), Chunk: row.IsNull(4) ? [] : row.Bytes(4)),
            cancellationToken,
            Sql.Arg(trialId));
        return rows.Count == 0 ? null : rows[0].Head.Join(rows.ConvertAll(row => row.Chunk));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EventRecord>> ListEventsAsync(long sweepId, int limit, CancellationToken cancellationToken)
    {
        var events = await reader.ReadAllAsync(EventLog.List, HistoryRows.ReadEvent, cancellationToken, Sql.Arg(sweepId), Sql.Arg(limit));
        events.Reverse();
        return events;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EventRecord>> ListTrialEventsAsync(long sweepId, int number, CancellationToken cancellationToken) =>
        await reader.ReadAllAsync(EventLog.ListOfTrial, HistoryRows.ReadEvent, cancellationToken, Sql.Arg(sweepId), Sql.Arg(number));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SiloStanding>> ListSilosAsync(CancellationToken cancellationToken) =>
        await reader.ReadAllAsync(SiloSql.List, SiloSql.ReadStanding, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RunningTrialRecord>> ListRunningAsync(long? sweepId, CancellationToken cancellationToken) =>
        await reader.ReadAllAsync(TrialSql.Running, TrialRows.ReadRunning, cancellationToken, Sql.Arg(sweepId));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SweepRefusal>> ListRefusalsAsync(long sweepId, CancellationToken cancellationToken) =>
        await reader.ReadAllAsync(SiloSql.Refusals, SiloRows.ReadRefusal, cancellationToken, Sql.Arg(sweepId));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OpenSweep>> ListOpenSweepsAsync(CancellationToken cancellationToken) =>
        await reader.ReadAllAsync(SweepSql.ListOpen, SweepSql.ReadOpen, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TrialRecord>> ListProgressAsync(
        long sweepId, IReadOnlyCollection<TrialPlace> places, CancellationToken cancellationToken) => await reader.ReadAllAsync(
        TrialSql.Progress, TrialRows.Read, cancellationToken,
        Sql.Arg(sweepId), Sql.Arg(places.Select(place => place.Number).ToArray()), Sql.Arg(places.Select(place => place.Replicate).ToArray()));
}
