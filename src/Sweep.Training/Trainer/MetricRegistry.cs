using Sweep.Torch;

namespace Sweep.Training;

/// <summary>All metrics by the name that sweep files use, and which training reports which.</summary>
public static class MetricRegistry
{
    public const string EpochsToTarget = "epochs_to_target";
    public const string Seconds = "seconds";
    public const string Validation = "val_";
    public const string Train = "train_";

    private const int Top = 5;

    /// <summary>All metrics: of the validation rows, of the epoch's training rows, and of the training as a whole.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        .. Of(Validation),
        new(Validation + "top5", true, MetricNeed.ManyClasses),
        .. Of(Train),
        new(EpochsToTarget, false, MetricNeed.Target),
        new(Seconds, false, MetricNeed.None),
    ];

    /// <summary>The metric of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static MetricDefinition Get(string name) =>
        All.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"metric {name} is not one of {string.Join(", ", All.Select(m => m.Name))}", nameof(name));

    /// <summary>Why a training does not report a metric; null when it does, or when that is not known yet.</summary>
    /// <param name="name">The metric.</param>
    /// <param name="data">What the data set is called.</param>
    /// <param name="numbers">Whether numbers are predicted, not classes.</param>
    /// <param name="loss">The loss that is minimised.</param>
    /// <param name="classes">How many classes there are; null when that is not known yet.</param>
    /// <param name="hasTarget">Whether there is a target to reach.</param>
    public static string? FindError(string name, string data, bool numbers, LossKind loss, long? classes, bool hasTarget) => Get(name).Need switch
    {
        MetricNeed.Classes or MetricNeed.ManyClasses or MetricNeed.CrossEntropy when numbers =>
            $"{name} is of classes, and {data} has numbers to predict; it has loss, mae, rmse and r2",
        MetricNeed.Numbers when !numbers => $"{name} is of numbers, and {data} has classes to predict; it has loss, accuracy, top5 and perplexity",
        MetricNeed.ManyClasses when classes <= Top => $"{name} is always 1 with {classes} classes, as {data} has; it needs more than {Top}",
        MetricNeed.CrossEntropy when loss != LossKind.CrossEntropy => $"{name} is the exponential of the cross-entropy, which is not the loss here",
        MetricNeed.Target when !hasTarget => $"{name} counts the epochs to task.target, which is not given",
        _ => null,
    };

    /// <summary>The metrics of some rows, without a prefix, from their sums.</summary>
    /// <param name="sums">The sums over the rows.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="source">The data set of the rows.</param>
    /// <param name="loss">The loss that is minimised.</param>
    /// <param name="totalSquares">Σ (target − mean)² of the rows, where they have targets.</param>
    /// <param name="evaluated">Whether the five largest outputs were looked at.</param>
    /// <param name="unit">How much of the targets' own unit 1 is, where they were standardised.</param>
    internal static IEnumerable<(string Name, double Value)> Of(BatchLoss sums, long rows, BatchSource source, LossKind loss, double totalSquares, bool evaluated, double unit = 1)
    {
        var mean = sums.LossSum / rows;
        yield return ("loss", mean);
        if (source.HasTargets)
        {
            yield return ("mae", unit * sums.Absolute / rows);
            yield return ("rmse", unit * Math.Sqrt(mean));

            // Of equal targets there is nothing to explain.
            yield return ("r2", totalSquares > 0 ? 1 - (sums.LossSum / totalSquares) : double.NaN);
            yield break;
        }
        yield return ("accuracy", (double)sums.Correct / rows);
        if (evaluated && source.Classes > Top)
        {
            yield return ("top5", (double)sums.Top5 / rows);
        }
        if (loss == LossKind.CrossEntropy)
        {
            yield return ("perplexity", Math.Exp(mean));
        }
    }

    private static IEnumerable<MetricDefinition> Of(string prefix) =>
    [
        new(prefix + "loss", false, MetricNeed.None),
        new(prefix + "accuracy", true, MetricNeed.Classes),
        new(prefix + "perplexity", false, MetricNeed.CrossEntropy),
        new(prefix + "mae", false, MetricNeed.Numbers),
        new(prefix + "rmse", false, MetricNeed.Numbers),
        new(prefix + "r2", true, MetricNeed.Numbers),
    ];
}
