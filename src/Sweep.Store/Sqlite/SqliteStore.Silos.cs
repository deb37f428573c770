using Sweep.Search.Trials;
using Sweep.Store.Rows;

namespace Sweep.Store.Sqlite;

public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task RegisterSiloAsync(SiloRecord silo, CancellationToken cancellationToken) =>
        WriteAsync(session => SiloWrites.Register(session, silo), cancellationToken, isUrgent: true);

    /// <inheritdoc/>
    public Task RemoveSiloAsync(Guid incarnation, CancellationToken cancellationToken) =>
        WriteAsync(session => BurialWrite.Leave(session, SiloSql.Token(incarnation)), cancellationToken);

    /// <inheritdoc/>
    public Task<SiloHoldings?> BeatAsync(Guid incarnation, CancellationToken cancellationToken) =>
        Writer.WriteAsync(session => SiloWrites.Beat(session, SiloSql.Token(incarnation)), cancellationToken, isUrgent: true);

    /// <inheritdoc/>
    public Task<ActivationResult> ActivateSweepAsync(long sweepId, Guid incarnation, CancellationToken cancellationToken) =>
        Writer.WriteAsync(session => SiloWrites.ActivateSweep(session, sweepId, SiloSql.Token(incarnation)), cancellationToken);

    /// <inheritdoc/>
    public Task<int> BurySiloAsync(Guid incarnation, string proof, CancellationToken cancellationToken) =>
        Writer.WriteAsync(session => BurialWrite.OfDead(session, SiloSql.Token(incarnation), proof), cancellationToken);

    /// <inheritdoc/>
    public Task<int?> BuryExpiredSiloAsync(Guid incarnation, CancellationToken cancellationToken) =>
        Writer.WriteAsync(session => BurialWrite.OfExpired(session, SiloSql.Token(incarnation)), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OpenSweep>> ListOpenSweepsAsync(CancellationToken cancellationToken) => Read<IReadOnlyList<OpenSweep>>(
        database =>
        {
            var running = TrialSql.CountRunning(database);
            return database.Use(SweepSql.ListOpen).ReadAll(row => SweepRows.ReadOpen(row, running.GetValueOrDefault(row.Long(0))));
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClaimedTrial>> ClaimTrialsAsync(
        long sweepId, Guid incarnation, string numericsProfile, int count, CancellationToken cancellationToken) => Writer.WriteAsync(
        session => ClaimWrite.Execute(session, ClaimWrite.Waiting, sweepId, SiloSql.Token(incarnation), numericsProfile, count),
        cancellationToken);

    /// <inheritdoc/>
    public Task<ClaimedTrial?> ClaimSuspectAsync(long sweepId, Guid incarnation, string numericsProfile, CancellationToken cancellationToken) =>
        Writer.WriteAsync(
            session => ClaimWrite.Execute(session, ClaimWrite.Suspects, sweepId, SiloSql.Token(incarnation), numericsProfile, 1) is [var suspect]
                ? suspect
                : null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TrialRecord>> ListProgressAsync(
        long sweepId, IReadOnlyCollection<TrialPlace> places, CancellationToken cancellationToken) => ListAsync(
        database => database.Use(TrialSql.Progress).Bind(1, sweepId).Bind(2, StoreJson.OfPlaces(places)), TrialRows.Read, cancellationToken);

    /// <inheritdoc/>
    public Task RefuseSweepAsync(long sweepId, Guid incarnation, string? reason, CancellationToken cancellationToken) =>
        WriteAsync(session => SiloWrites.RefuseSweep(session, sweepId, SiloSql.Token(incarnation), reason), cancellationToken);

    /// <summary>Does nothing: every change of the file is seen by who reads <see cref="HintsAsync"/>, in any process.</summary>
    public Task HintAsync(StoreHint hint, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public IAsyncEnumerable<StoreHint> HintsAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return FileHints.ReadAsync(openReader, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<WriteResult> WriteAsync(OwnerUnit unit, CancellationToken cancellationToken) =>
        Writer.WriteAsync(new OwnerWrite(unit).Execute, cancellationToken);

    /// <inheritdoc/>
    public Task<WriteResult> WriteAsync(CoordinatorUnit unit, CancellationToken cancellationToken) =>
        Writer.WriteAsync(session => CoordinatorWrite.Execute(session, unit), cancellationToken);

    /// <inheritdoc/>
    public async Task<int> PruneCheckpointsAsync(long sweepId, long term, IReadOnlyCollection<int> kept, CancellationToken cancellationToken)
    {
        var total = 0;
        int removed;
        do
        {
            removed = await Writer.WriteAsync(
                session => CoordinatorWrite.OwnerOf(session, sweepId, term) is null
                    ? 0
                    : CheckpointRows.RemoveUnneeded(session, sweepId, kept, RemovedAtOnce),
                cancellationToken);
            total += removed;
        }
        while (removed == RemovedAtOnce);
        return total;
    }

    private Task<bool> WriteAsync(Action<WriteSession> write, CancellationToken cancellationToken, bool isUrgent = false) => Writer.WriteAsync(
        session =>
        {
            write(session);
            return true;
        },
        cancellationToken,
        isUrgent);
}
