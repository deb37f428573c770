using Sweep.Grains.Spec;

namespace Sweep.Grains.Search.Pruners;

/// <summary>Hyperband: brackets of successive halving one after another by trial number, running together.</summary>
/// <remarks>
/// Li et al. (2018), "Hyperband", algorithm 1, with the brackets of <see cref="HyperbandBracket.Table"/>. The lowest numbers are the bracket
/// with most trials. More trials than one table has start the next; its last bracket may have fewer.
/// </remarks>
public sealed class HyperbandPruner : IPruner
{
    private readonly List<(int First, HalvingPruner Bracket)> _brackets = [];

    /// <summary>As many brackets as the trials fill.</summary>
    /// <param name="goal">Of the first objective.</param>
    public HyperbandPruner(HyperbandSpec spec, int trials, ObjectiveGoal goal)
    {
        var table = HyperbandBracket.Table(spec.MinResource, spec.MaxResource, spec.ReductionFactor, spec.IsPrinted);
        CheckSteps = table[0].Rungs;
        for (var first = 0; first < trials;)
        {
            var bracket = table[_brackets.Count % table.Count];
            var size = Math.Min(bracket.Trials, trials - first);
            var halving = new HalvingSpec(bracket.Rungs[0], spec.MaxResource, spec.ReductionFactor);
            _brackets.Add((first, new HalvingPruner(halving, size, goal, $"bracket {bracket.Number}, ")));
            first += size;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> CheckSteps { get; }

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
