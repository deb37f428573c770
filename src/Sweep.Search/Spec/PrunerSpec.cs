namespace Sweep.Search.Spec;

/// <summary>Which pruner, with its settings.</summary>
/// <param name="MaxResource">The most epochs a trial is granted (R in the papers).</param>
public abstract record PrunerSpec(int MaxResource)
{
    /// <summary>Whether it decides only when a rung is full, so that the order of arrivals has no say.</summary>
    public virtual bool WaitsForFullRungs => false;
}
