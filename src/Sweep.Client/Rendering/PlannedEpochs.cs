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
        var (total, before, entered) = (0.0, 0, trials);
        foreach (var resource in HalvingBracket.Rungs(halving))
        {
            total += (double)entered * (resource - before);
            (before, entered) = (resource, Math.Max(1, entered / halving.ReductionFactor));
        }

        return total;
    }
}
