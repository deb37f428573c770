namespace Sweep.Search.Spec;

/// <summary><c>type: hyperband</c>: brackets of successive halving, from many short trials to few long ones.</summary>
/// <param name="MinResource">r in the paper: no rung lies below it.</param>
/// <param name="MaxResource">R in the paper: the resource of every bracket's top rung.</param>
/// <param name="ReductionFactor">η in the paper.</param>
/// <param name="IsPrinted"><c>table: printed</c>: the sizes of the paper's table 1 in place of those of its algorithm 1.</param>
public sealed record HyperbandSpec(int MinResource, int MaxResource, int ReductionFactor, bool IsPrinted) : PrunerSpec(MaxResource)
{
    /// <inheritdoc/>
    public override bool WaitsForFullRungs => true;
}
