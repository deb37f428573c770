using Sweep.Search.Spec;

namespace Sweep.Store.Sqlite;

public sealed partial class SqliteStore
{
    /// <summary>Checkpoints removed in one transaction, so that reports do not wait for long.</summary>
    private const int RemovedAtOnce = 32;

    /// <inheritdoc/>
    public Task<CreateResult> CreateSweepAsync(NewSweep sweep, CancellationToken cancellationToken) =>
        Writer.WriteAsync(session => CreateSweepWrite.Execute(session, sweep), cancellationToken);

    /// <inheritdoc/>
    public Task<SweepChangeResult?> ChangeSweepAsync(long sweepId, SweepChange change, CancellationToken cancellationToken) =>
        Writer.WriteAsync(session => SweepChangeWrites.Change(session, sweepId, change), cancellationToken);

    /// <inheritdoc/>
    public Task<SweepChangeResult> RetryTrialsAsync(long sweepId, IReadOnlyCollection<long> trialIds, CancellationToken cancellationToken) =>
        Writer.WriteAsync(session => SweepChangeWrites.RetryTrials(session, sweepId, trialIds), cancellationToken);

    /// <inheritdoc/>
    public Task<SweepChangeResult> ExtendSweepAsync(long sweepId, int more, CancellationToken cancellationToken) =>
        Writer.WriteAsync(session => SweepChangeWrites.Extend(session, sweepId, more), cancellationToken);

    /// <inheritdoc/>
    public Task PlaceSweepAsync(long sweepId, SweepPlacement placement, CancellationToken cancellationToken) =>
        WriteAsync(session => SweepChangeWrites.PlaceSweep(session, sweepId, placement), cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> DeleteSweepAsync(long sweepId, CancellationToken cancellationToken)
    {
        if (!await Writer.WriteAsync(session => DeleteSweepWrite.Begin(session, sweepId), cancellationToken))
        {
            return false;
        }

        while (!await Writer.WriteAsync(session => DeleteSweepWrite.GoOn(session, sweepId), cancellationToken))
        {
        }

        return true;
    }
}
