namespace Sweep.Search.Spec;

/// <summary><c>type: halving</c>: synchronous successive halving.</summary>
/// <param name="MinResource">r in the papers: no rung lies below it.</param>
/// <param name="MaxResource">R in the papers: the resource of the top rung.</param>
/// <param name="ReductionFactor">η in the papers: about one in so many goes on.</param>
public sealed record HalvingSpec(int MinResource, int MaxResource, int ReductionFactor) : PrunerSpec(MaxResource)
{
    /// <inheritdoc/>
    public override bool WaitsForFullRungs => true;
}
