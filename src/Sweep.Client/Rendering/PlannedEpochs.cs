using Sweep.Grains.Search.Pruners;
using Sweep.Grains.Spec;

namespace Sweep.Client.Rendering;

/// <summary>How many epochs a sweep trains in all, if nothing goes wrong: an upper bound where a pruner's decisions are not known beforehand.</summary>
internal static class PlannedEpochs
{
    public static double Of(SweepSpec spec) => spec.Replicates.Count * spec.Search.Pruner switch
    {
        HalvingSpec p => Halving(p, spec.Search.Trials),
        HyperbandSpec p => Hyperband(p, spec.Search.Trials),
        _ => (double)spec.Search.Trials * spec.Task.Epochs,
    };

    private static double Halving(HalvingSpec halving, int trials)
    {
        var rungs = HalvingBracket.Rungs(halving.MinResource, halving.MaxResource, halving.ReductionFactor);
        return Bracket(rungs, HalvingBracket.Sizes(trials, rungs.Count, halving.ReductionFactor));
    }

    // Tables follow one another until the trials are used up; the last may be cut short.
    private static double Hyperband(HyperbandSpec hyperband, int trials)
    {
        var table = HyperbandBracket.Table(hyperband.MinResource, hyperband.MaxResource, hyperband.ReductionFactor, hyperband.IsPrinted);
        return table.Sum(b => Bracket(b.Rungs, b.Sizes)) * trials / table.Sum(b => b.Trials);
    }

    private static double Bracket(IReadOnlyList<int> rungs, IReadOnlyList<int> sizes)
    {
        var total = 0.0;
        for (var i = 0; i < rungs.Count; i++)
        {
            total += (double)sizes[i] * (rungs[i] - (i == 0 ? 0 : rungs[i - 1]));
        }

        return total;
    }
}
