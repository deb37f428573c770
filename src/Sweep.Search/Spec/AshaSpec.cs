namespace Sweep.Search.Spec;

/// <summary><c>type: asha</c>, or <c>type: stopping</c> for the form without promotions: asynchronous successive halving.</summary>
/// <param name="MinResource">r in the paper: no rung lies below it.</param>
/// <param name="MaxResource">R in the paper: the resource of the top rung.</param>
/// <param name="ReductionFactor">η in the paper: about one in so many goes on.</param>
/// <param name="IsStopping">Whether a trial goes on or is stopped as soon as it reaches a rung, and never later.</param>
public sealed record AshaSpec(int MinResource, int MaxResource, int ReductionFactor, bool IsStopping) : PrunerSpec(MaxResource);
