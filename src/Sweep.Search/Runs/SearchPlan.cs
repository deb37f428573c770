using System.Numerics;
using Sweep.Search.Pruners;
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
        var brackets = BracketsOf(search);
        var replicates = spec.Replicates.Count;
        var full = (long)search.Trials * spec.Task.Epochs * replicates;
        var epochs = brackets.Count > 0 ? brackets.Sum(bracket => bracket.Epochs) * replicates
            : (long)search.Trials * (search.Pruner?.MaxResource ?? spec.Task.Epochs) * replicates;
        var limit = search.Budget.Epochs ?? long.MaxValue;
        var isExact = (search.Pruner is null || search.Pruner.WaitsForFullRungs)
            && search.Rules == OwnRulesSpec.None && !search.Budget.DependsOnResults && search.Budget.WallClock is null;
        return new SearchPlan(spec.Space.Size, search.Trials, replicates, brackets, Math.Min(epochs, limit), full, isExact);
    }

    private static List<PlannedBracket> BracketsOf(SearchSpec search) => search.Pruner switch
    {
        HalvingSpec p => [.. HalvingSizes(search).Select((size, i) => Bracket(search.Extensions.Count == 0 ? "" : $"bracket {i + 1}", p.MinResource, size, p.MaxResource, p.ReductionFactor))],
        HyperbandSpec p => OfHyperband(p, search.Trials),
        AshaSpec p => [Bracket("", p.MinResource, search.Trials, p.MaxResource, p.ReductionFactor)],
        _ => [],
    };

    private static IEnumerable<int> HalvingSizes(SearchSpec search) => [search.Trials - search.Extensions.Sum(), .. search.Extensions];

    // Tables follow one another until the trials are used up; the last may be cut short.
    private static List<PlannedBracket> OfHyperband(HyperbandSpec spec, int trials)
    {
        var table = HyperbandBracket.Table(spec.MinResource, spec.MaxResource, spec.ReductionFactor, spec.IsPrinted);
        var brackets = new List<PlannedBracket>();
        for (var (i, left) = (0, trials); left > 0; i++)
        {
            var bracket = table[i % table.Count];
            var size = Math.Min(bracket.Trials, left);
            left -= size;
            var planned = Bracket($"s={bracket.Number}", bracket.Rungs[0], size, spec.MaxResource, spec.ReductionFactor);
            var same = brackets.FindIndex(b => b.Name == planned.Name && b.Sizes[0] == size);
            if (same < 0)
            {
                brackets.Add(planned);
            }
            else
            {
                brackets[same] = brackets[same] with { Repeats = brackets[same].Repeats + 1 };
            }
        }

        return brackets;
    }

    private static PlannedBracket Bracket(string name, int minResource, int trials, int maxResource, int reductionFactor)
    {
        var rungs = HalvingBracket.Rungs(minResource, maxResource, reductionFactor);
        return new PlannedBracket(name, 1, rungs, HalvingBracket.Sizes(trials, rungs.Count, reductionFactor));
    }
}
