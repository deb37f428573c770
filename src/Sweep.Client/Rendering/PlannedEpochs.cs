using Sweep.Grains.Search.Pruners;
using Sweep.Grains.Spec;

namespace Sweep.Client.Rendering;

/// <summary>How many epochs a sweep trains in all, if nothing goes wrong.</summary>
internal static class PlannedEpochs
{
    public static double Of(SweepSpec spec) => spec.Search.Pruner is HalvingSpec halving
        ? Halving(halving, spec.Search.Trials)
        : (double)spec.Search.Trials * spec.Task.Epochs;

    private static double Halving(HalvingSpec halving, int trials)
    {
        var total = 0.0;
        var rungs = HalvingBracket.Rungs(halving.MinResource, halving.MaxResource, halving.ReductionFactor);
        var sizes = HalvingBracket.Sizes(trials, rungs.Count, halving.ReductionFactor);
        for (var i = 0; i < rungs.Count; i++)
        {
            total += (double)sizes[i] * (rungs[i] - (i == 0 ? 0 : rungs[i - 1]));
        }

        return total;
    }
}
