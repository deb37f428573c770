using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Client.Rendering;

/// <summary>Formats the test metrics of winners.</summary>
internal static class TestText
{
    /// <summary><c>accuracy 0.8774, loss 0.3471</c></summary>
    public static string OneLine(IReadOnlyDictionary<string, double?> metrics) =>
        string.Join(", ", metrics.Select(m => $"{m.Key} {Numbers.Metric(m.Value)}"));

    /// <summary>The test metric shown next to the objective: the one of the same name without <c>val_</c> or <c>train_</c>, else the first.</summary>
    public static string? MetricBeside(SweepSpec spec, IEnumerable<TrialRecord> trials)
    {
        var metrics = trials.FirstOrDefault(t => t.TestMetrics is { Count: > 0 })?.TestMetrics;
        var objective = spec.Objectives[0].Metric;
        var name = objective[(objective.IndexOf('_', StringComparison.Ordinal) + 1)..];
        return metrics is null ? null : metrics.ContainsKey(name) ? name : metrics.Keys.First();
    }
}
