namespace Sweep.Training;

/// <summary>What <c>epochs_to_target</c> counts the epochs to: the first epoch after which a metric is at least as good as a value.</summary>
public sealed record TargetRule(string Metric, double Value)
{
    /// <summary>Whether an epoch's metrics reach it; NaN does not.</summary>
    /// <exception cref="TrainingException">The training does not report the metric.</exception>
    public bool IsReached(IReadOnlyDictionary<string, double> metrics) =>
        !metrics.TryGetValue(Metric, out var value)
            ? throw new TrainingException($"task.target_metric: the training reports no {Metric}; it reports {string.Join(", ", metrics.Keys)}")
            : MetricRegistry.Get(Metric).Maximize ? value >= Value : value <= Value;
}
