using System.Numerics;
using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Rules;
using Sweep.Search.Spec;

namespace Sweep.Search.Runs;

/// <summary>What a sweep will do, as far as that is known before it runs.</summary>
/// <param name="SpaceSize">How many configurations the space has; null when it is infinite.</param>
/// <param name="Trials">How many of them are tried.</param>
/// <param name="Replicates">How often each.</param>
/// <param name="Brackets">The rungs, of a pruner that has them.</param>
/// <param name="Epochs">Epochs trained in all, over all replicates, if nothing goes wrong.</param>
/// <param name="FullEpochs">The same without a pruner or budget.</param>
/// <param name="IsExact">False: the pruner's decisions or a budget may make it fewer (with <c>asha</c>, also a few more).</param>
public sealed record SearchPlan(
    BigInteger? SpaceSize, int Trials, int Replicates, IReadOnlyList<PlannedBracket> Brackets, long Epochs, long FullEpochs, bool IsExact)
{
    /// <summary>The plan of a sweep.</summary>
    public static SearchPlan Of(SweepSpec spec)
    {
        var search = spec.Search;
        var brackets = search.Pruner?.Plan(search) ?? [];
        var replicates = spec.Replicates.Count;
        var full = (long)search.Trials * spec.Task.Epochs * replicates;
        var epochs = brackets.Count > 0 ? brackets.Sum(bracket => bracket.Epochs) * replicates
            : (long)search.Trials * (search.Pruner?.MaxResource ?? spec.Task.Epochs) * replicates;
        var limit = search.Budget.Epochs ?? long.MaxValue;
        var isExact = (search.Pruner is null || search.Pruner.WaitsForFullRungs)
            && search.Rules == OwnRulesSpec.None && !search.Budget.DependsOnResults && search.Budget.WallClock is null;
        return new SearchPlan(spec.Space.Size, search.Trials, replicates, brackets, Math.Min(epochs, limit), full, isExact);
    }
}
