using Sweep.Store;

namespace Sweep.Silo.Hosting;

/// <summary>Makes ready what a sweep's trials need in this process.</summary>
public interface ISweepPreparer
{
    /// <summary>Reads the spec, loads the data and what computes.</summary>
    /// <exception cref="Sweep.Search.SweepException">It cannot be run here: why, for people. Other silos may be able to.</exception>
    Task<SweepWork> PrepareAsync(SweepRecord sweep, CancellationToken cancellationToken);

    /// <summary>Takes back what was made ready; nothing of it runs any more.</summary>
    void Release(SweepWork work);
}
