using Sweep.Store;

namespace Sweep.Silo.Hosting;

/// <summary>The one sweep that a command made ready itself, and keeps.</summary>
public sealed class PreparedSweep(SweepWork work) : ISweepPreparer
{
    /// <inheritdoc/>
    public Task<SweepWork> PrepareAsync(SweepRecord sweep, CancellationToken cancellationToken) => Task.FromResult(work);

    /// <inheritdoc/>
    public void Release(SweepWork work)
    {
    }
}
