using Sweep.Grains.Storage;

namespace Sweep.Silo.Storage.Sqlite;

public sealed partial class SqliteStore
{
    /// <summary>Checkpoints removed in one transaction, so that reports do not wait for long.</summary>
    private const int RemovedAtOnce = 32;

    /// <inheritdoc/>
    public Task<CreateResult> CreateSweepAsync(NewSweep sweep, CancellationToken cancellationToken) =>
        Writer.WriteAsync(session => CreateSweepWrite.Execute(session, sweep), cancellationToken);

    /// <inheritdoc/>
    public Task<RevisionResult> RetryTrialsAsync(long sweepId, IReadOnlyCollection<long> trialIds, CancellationToken cancellationToken) =>
        Writer.WriteAsync(session => RevisionWrites.RetryTrials(session, sweepId, trialIds), cancellationToken);

    /// <inheritdoc/>
    public Task<RevisionResult> ExtendSweepAsync(long sweepId, int more, CancellationToken cancellationToken) =>
        Writer.WriteAsync(session => RevisionWrites.Extend(session, sweepId, more), cancellationToken);

    /// <inheritdoc/>
    public Task RegisterSiloAsync(SiloRecord silo, CancellationToken cancellationToken) => Writer.WriteAsync(
        session =>
        {
            SiloWrites.Register(session, silo);
            return true;
        },
        cancellationToken,
        isUrgent: true);

    /// <inheritdoc/>
    public Task RemoveSiloAsync(Guid incarnation, CancellationToken cancellationToken) => Writer.WriteAsync(
        session => SiloWrites.TakeOut(session, SweepRows.Token(incarnation), "released", ""), cancellationToken);

    /// <inheritdoc/>
    public Task<ActivationResult> ActivateSweepAsync(long sweepId, Guid incarnation, CancellationToken cancellationToken) =>
        Writer.WriteAsync(session => SiloWrites.ActivateSweep(session, sweepId, SweepRows.Token(incarnation)), cancellationToken);

    /// <inheritdoc/>
    public Task<int> BurySiloAsync(Guid incarnation, string proof, CancellationToken cancellationToken) => Writer.WriteAsync(
        session => SiloWrites.TakeOut(session, SweepRows.Token(incarnation), "rescued", proof), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClaimedTrial>> ClaimTrialsAsync(
        long sweepId, Guid incarnation, string numericsProfile, int count, CancellationToken cancellationToken) => Writer.WriteAsync(
        session => ClaimWrite.Execute(session, sweepId, SweepRows.Token(incarnation), numericsProfile, count), cancellationToken);

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
}
