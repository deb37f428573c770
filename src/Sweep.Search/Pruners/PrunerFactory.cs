using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Pruners;

/// <summary>Makes the pruner that a spec asks for.</summary>
public static class PrunerFactory
{
    /// <summary>A pruner without trials.</summary>
    /// <param name="space">Of the sweep: population based training moves in it.</param>
    /// <param name="goal">Of the first objective.</param>
    public static IPruner Create(SearchSpec spec, Space space, ObjectiveGoal goal) => spec.Pruner switch
    {
        null => new NoPruner(),
        HalvingSpec halving when spec.Extensions.Count == 0 => new HalvingPruner(halving, spec.Trials, goal),
        HalvingSpec halving => BracketsPruner.OfExtensions(halving, spec.Trials, spec.Extensions, goal),
        HyperbandSpec hyperband => BracketsPruner.OfHyperband(hyperband, spec.Trials, goal),
        AshaSpec { IsStopping: true } asha => new StoppingPruner(asha, goal),
        AshaSpec asha => new AshaPruner(asha, goal),
        PercentileSpec percentile => new PercentilePruner(percentile, goal),
        PbtSpec pbt => new PbtPruner(pbt, space, spec.Trials, goal, spec.Seed),
        var other => throw new ArgumentException($"no pruner for {other}", nameof(spec)),
    };
}
