using Sweep.Search.Pruners.Hyperband;
using Sweep.Search.Runs;
using Sweep.Search.Spec;

namespace Sweep.Search.Pruners.Halving;

/// <summary>Brackets of successive halving one after another by trial number, running together: hyperband, and halving with trials added later.</summary>
public sealed class BracketsPruner : IPruner
{
    private readonly List<(int First, HalvingPruner Bracket)> _brackets = [];

    private BracketsPruner(IReadOnlyList<int> checkSteps) => CheckSteps = checkSteps;

    /// <inheritdoc/>
    public IReadOnlyList<int> CheckSteps { get; }

    /// <summary>As many brackets as the trials fill.</summary>
    /// <remarks>
    /// Li et al. (2018), "Hyperband", algorithm 1, with the brackets of <see cref="HyperbandBracket.Table"/>. The lowest numbers are the bracket
    /// with most trials. More trials than one table has start the next; its last bracket may have fewer.
    /// </remarks>
    /// <param name="goal">Of the first objective.</param>
    public static BracketsPruner OfHyperband(HyperbandOptions spec, int trials, ObjectiveGoal goal)
    {
        var table = HyperbandBracket.Table(spec.MinResource, spec.MaxResource, spec.ReductionFactor, spec.IsPrinted);
        var pruner = new BracketsPruner(table[0].Rungs);
        for (var first = 0; first < trials;)
        {
            var bracket = table[pruner._brackets.Count % table.Count];
            var size = Math.Min(bracket.Trials, trials - first);
            var halving = new HalvingOptions(bracket.Rungs[0], spec.MaxResource, spec.ReductionFactor);
            pruner._brackets.Add((first, new HalvingPruner(halving, size, goal, $"bracket {bracket.Number}, ")));
            first += size;
        }

        return pruner;
    }

    /// <summary>A bracket for the first trials, and one for each time that some were added: what was pruned before stays pruned.</summary>
    /// <param name="trials">In all.</param>
    /// <param name="extensions">How many were added, each time.</param>
    /// <param name="goal">Of the first objective.</param>
    public static BracketsPruner OfExtensions(HalvingOptions spec, int trials, IReadOnlyList<int> extensions, ObjectiveGoal goal)
    {
        var pruner = new BracketsPruner(HalvingBracket.Rungs(spec.MinResource, spec.MaxResource, spec.ReductionFactor));
        var first = 0;
        foreach (var size in (int[])[trials - extensions.Sum(), .. extensions])
        {
            pruner._brackets.Add((first, new HalvingPruner(spec, size, goal, $"bracket {pruner._brackets.Count + 1}, ")));
            first += size;
        }

        return pruner;
    }

    /// <inheritdoc/>
    public int Enter(int number, int maxResource) => Of(number).Enter(number, maxResource);

    /// <inheritdoc/>
    public void Observe(TrialResult result, ICollection<SearchDecision> decisions) => Of(result.Number).Observe(result, decisions);

    /// <inheritdoc/>
    public void Close(ICollection<SearchDecision> decisions)
    {
        foreach (var (_, bracket) in _brackets)
        {
            bracket.Close(decisions);
        }
    }

    private HalvingPruner Of(int number)
    {
        var (low, high) = (0, _brackets.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _brackets[middle].First <= number ? (middle, high) : (low, middle - 1);
        }

        return _brackets[low].Bracket;
    }
}
