using Sweep.Search.Spec;

namespace Sweep.Store.Postgres;

public sealed partial class PostgresStore
{
    /// <inheritdoc/>
    public Task<CreateResult> CreateSweepAsync(NewSweep sweep, CancellationToken cancellationToken) =>
        Writer.RunAsync(transaction => SweepChangeWrites.CreateAsync(transaction, sweep), cancellationToken);

    /// <inheritdoc/>
    public Task<SweepChangeResult?> ChangeSweepAsync(long sweepId, SweepChange change, CancellationToken cancellationToken) =>
        Writer.RunAsync(transaction => SweepChangeWrites.ChangeAsync(transaction, sweepId, change), cancellationToken);

    /// <inheritdoc/>
    public Task<SweepChangeResult> RetryTrialsAsync(long sweepId, IReadOnlyCollection<long> trialIds, CancellationToken cancellationToken) =>
        Writer.RunAsync(transaction => SweepChangeWrites.RetryAsync(transaction, sweepId, trialIds), cancellationToken);

    /// <inheritdoc/>
    public Task<SweepChangeResult> ExtendSweepAsync(long sweepId, int more, CancellationToken cancellationToken) =>
        Writer.RunAsync(transaction => SweepChangeWrites.ExtendAsync(transaction, sweepId, more), cancellationToken);

    /// <inheritdoc/>
    public Task PlaceSweepAsync(long sweepId, SweepPlacement placement, CancellationToken cancellationToken) =>
        Writer.RunAsync(transaction => SweepChangeWrites.PlaceAsync(transaction, sweepId, placement), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> DeleteSweepAsync(long sweepId, CancellationToken cancellationToken)
    {
        if (!await Writer.RunAsync(transaction => SweepChangeWrites.BeginDeleteAsync(transaction, sweepId), cancellationToken))
        {
            return false;
        }

        while (!await Writer.RunAsync(transaction => RemovalScripts.DeleteSomeAsync(transaction, sweepId), cancellationToken))
        {
        }

        return true;
    }

    /// <inheritdoc/>
    public Task RegisterSiloAsync(SiloRecord silo, CancellationToken cancellationToken) =>
        Writer.RunAsync(transaction => SiloScripts.RegisterAsync(transaction, silo), cancellationToken, isUrgent: true);

    /// <inheritdoc/>
    public Task RemoveSiloAsync(Guid incarnation, CancellationToken cancellationToken) =>
        Writer.RunAsync(transaction => BurialScripts.LeaveAsync(transaction, incarnation), cancellationToken);

    /// <inheritdoc/>
    public Task<SiloHoldings?> BeatAsync(Guid incarnation, CancellationToken cancellationToken) => Writer.RunAsync(
        transaction => SiloScripts.BeatAsync(transaction, incarnation), cancellationToken, isUrgent: true, isPlain: true);

    /// <inheritdoc/>
    public Task<ActivationResult> ActivateSweepAsync(long sweepId, Guid incarnation, CancellationToken cancellationToken) =>
        Writer.RunAsync(transaction => SiloScripts.ActivateAsync(transaction, sweepId, incarnation), cancellationToken);

    /// <inheritdoc/>
    public Task<int> BurySiloAsync(Guid incarnation, string proof, CancellationToken cancellationToken) =>
        Writer.RunAsync(transaction => BurialScripts.OfDeadAsync(transaction, incarnation, proof), cancellationToken);

    /// <inheritdoc/>
    public Task<int?> BuryExpiredSiloAsync(Guid incarnation, CancellationToken cancellationToken) =>
        Writer.RunAsync(transaction => BurialScripts.OfExpiredAsync(transaction, incarnation), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClaimedTrial>> ClaimTrialsAsync(
        long sweepId, Guid incarnation, string numericsProfile, int count, CancellationToken cancellationToken) =>
        Writer.WriteAsync(new ClaimJob(new ClaimKey(sweepId, incarnation, numericsProfile), count, cancellationToken));

    /// <inheritdoc/>
    public async Task<ClaimedTrial?> ClaimSuspectAsync(long sweepId, Guid incarnation, string numericsProfile, CancellationToken cancellationToken)
    {
        var key = new ClaimKey(sweepId, incarnation, numericsProfile);
        var claimed = await Writer.RunAsync(transaction => ClaimSql.ClaimAsync(transaction, ClaimSql.Suspects, key, 1), cancellationToken);
        return claimed.Count == 0 ? null : claimed[0];
    }

    /// <inheritdoc/>
    public Task RefuseSweepAsync(long sweepId, Guid incarnation, string? reason, CancellationToken cancellationToken) =>
        Writer.RunAsync(transaction => SiloScripts.RefuseAsync(transaction, sweepId, incarnation, reason), cancellationToken);

    /// <summary>Hands the hint over; it goes out soon, together with others, and may get lost.</summary>
    public Task HintAsync(StoreHint hint, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        hints.Send(hint);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoreHint> HintsAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return hints.ListenAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task<WriteResult> WriteAsync(OwnerUnit unit, CancellationToken cancellationToken) =>
        Writer.WriteAsync(new OwnerJob(unit, cancellationToken));

    /// <inheritdoc/>
    public Task<WriteResult> WriteAsync(CoordinatorUnit unit, CancellationToken cancellationToken) => CoordinatorJob.IsOneWay(unit)
        ? Writer.WriteAsync(new CoordinatorJob(unit, cancellationToken))
        : Writer.RunAsync(transaction => CoordinatorSql.WriteAsync(transaction, unit), cancellationToken);

    /// <inheritdoc/>
    public async Task<int> PruneCheckpointsAsync(long sweepId, long term, IReadOnlyCollection<int> kept, CancellationToken cancellationToken)
    {
        var total = 0;
        int removed;
        do
        {
            removed = await Writer.RunAsync(transaction => RemovalScripts.PruneAsync(transaction, sweepId, term, kept), cancellationToken);
            total += removed;
        }
        while (removed == RemovalScripts.CheckpointsAtOnce);
        return total;
    }
}
