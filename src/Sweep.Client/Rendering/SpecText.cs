using Sweep.Search.Spec;

namespace Sweep.Client.Rendering;

/// <summary>A spec in one line.</summary>
internal static class SpecText
{
    /// <summary><c>random search, 12 trials of 5 epochs, seed 7, maximize val_accuracy</c></summary>
    public static string OneLine(SweepSpec spec)
    {
        var search = spec.Search;
        var parts = new List<string> { $"{search.Sampler.Name} search", $"{Trials(spec)} of {spec.Task.Epochs} {(spec.Task.Epochs == 1 ? "epoch" : "epochs")}" };
        if (search.Pruner is { } pruner)
        {
            parts.Add(pruner.Summary);
        }

        parts.Add($"seed {search.Seed}");
        if (search.Order == SearchOrder.AsFinished)
        {
            parts.Add("in the order of arrival (not reproducible)");
        }

        parts.AddRange(spec.Objectives.Select(o => $"{States.Name(o.Goal)} {o.Metric}"));
        return string.Join(", ", parts);
    }

    /// <summary><c>12 trials</c>, <c>12 configurations 3 times each</c></summary>
    public static string Trials(SweepSpec spec) => spec.Replicates.Count > 1
        ? $"{spec.Search.Trials} configurations {spec.Replicates.Count} times each"
        : $"{spec.Search.Trials} trials";

    /// <summary>The schedule to which <c>schedule: meta</c> was resolved, and the sweeps it was taken from; null if not used.</summary>
    public static string? Schedule(SweepSpec spec) => spec.Meta is { Schedule: { } schedule, Sources: var sources }
        ? $"meta is {schedule}, from {string.Join(", ", sources.Select(s => $"{s.Sweep} (trial {s.Trial}, {s.Task}: {s.Schedule})"))}"
        : null;

    /// <summary>A warning if some slots cannot be used, else null.</summary>
    public static string? UnusedSlots(SweepSpec spec, int slots) => spec.UsableSlots is { } usable && usable < slots
        ? $"{usable} of {slots} slots can be used: raise search.parallel"
        : null;
}
