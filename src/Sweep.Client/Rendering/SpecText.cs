using Sweep.Grains.Spec;

namespace Sweep.Client.Rendering;

/// <summary>A spec in one line.</summary>
internal static class SpecText
{
    /// <summary><c>random search, 12 trials of 5 epochs, seed 7, maximize val_accuracy</c></summary>
    public static string OneLine(SweepSpec spec)
    {
        var sampler = spec.Search.Sampler switch
        {
            GridSpec => "grid search",
            _ => "random search",
        };
        var pruner = spec.Search.Pruner switch
        {
            HalvingSpec halving => $", successive halving from {halving.MinResource} to {halving.MaxResource} epochs",
            _ => "",
        };
        var objectives = string.Join(", ", spec.Objectives.Select(o => $"{States.Name(o.Goal)} {o.Metric}"));
        return $"{sampler}, {spec.Search.Trials} trials of {spec.Task.Epochs} epochs{pruner}, seed {spec.Search.Seed}, {objectives}";
    }
}
