using System.Globalization;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Torch;
using Sweep.Training;
using Sweep.Training.Data;

namespace Sweep.Silo.Execution;

/// <summary>Which metrics, loss and augmentation go with which data: as far as a sweep file tells, and then as far as the data do.</summary>
internal static class TaskChecks
{
    private const string Shift = "task.augment_shift";
    private const string Fraction = "task.validation_fraction";

    /// <summary>Whether a data set of the sweep has numbers to predict.</summary>
    public static bool PredictsNumbers(SweepSpec spec, string dataset) => DatasetRegistry.HasNumbers(dataset) && DataSettings.Of(spec).PredictsNumbers;

    /// <summary>What is minimised: as the task says, else as the data want it.</summary>
    public static LossKind LossOf(string? given, bool numbers) =>
        given == TaskSettings.MeanSquares || (given is null && numbers) ? LossKind.MeanSquares : LossKind.CrossEntropy;

    /// <summary>Whether a metric is one of the sweep's objectives.</summary>
    public static bool IsObjective(SweepSpec spec, string metric) => spec.Objectives.Any(o => o.Metric == metric);

    /// <summary>The mistakes that the file shows.</summary>
    public static IEnumerable<(string Path, string Message)> Mistakes(SweepSpec spec) =>
        TorchTrainings.DatasetsOf(spec).SelectMany(name => Mistakes(spec, name)).Distinct();

    /// <summary>Those that only the loaded data show; null for none.</summary>
    /// <param name="spec">The sweep.</param>
    /// <param name="dataset">A data set of it.</param>
    /// <param name="parts">The data set's parts at a validation fraction.</param>
    /// <exception cref="TrainingException">Nothing is left to train on.</exception>
    public static string? FindError(SweepSpec spec, Dataset dataset, Func<double, DataParts> parts)
    {
        var wrong = Metrics(spec, dataset.Name, dataset.ClassCount)
            .Concat(Fractions(spec).SelectMany(fraction => Parts(spec, dataset, fraction, parts(fraction))))
            .Select(m => $"{m.Path}: {m.Message}").FirstOrDefault();
        var far = Numbers(spec, Shift).Where(s => dataset.IsImages && s >= Math.Min(dataset.Height, dataset.Width)).ToList();
        return wrong ?? (far.Count == 0 ? null
            : $"{Shift}: {far[0]} moves the images of {dataset.Name}, {dataset.Height} by {dataset.Width}, out of sight");
    }

    private static IEnumerable<(string Path, string Message)> Mistakes(SweepSpec spec, string name)
    {
        var numbers = PredictsNumbers(spec, name);
        if (numbers && SpecValues.Texts(spec, "task.loss", TaskSettings.MeanSquares).Contains(TaskSettings.CrossEntropy))
        {
            yield return ("task.loss", $"cross_entropy is of classes, and {name} has numbers to predict: mse, the default there");
        }

        if (numbers && Numbers(spec, "task.label_smoothing").Any(s => s > 0))
        {
            yield return ("task.label_smoothing", $"is of classes, and {name} has numbers to predict");
        }

        if (!DatasetRegistry.IsImages(name))
        {
            var moved = Numbers(spec, Shift).Any(s => s > 0) ? Shift
                : SpecValues.Of(spec, "task.augment_flip", null).Contains(true) ? "task.augment_flip" : null;
            if (moved is not null)
            {
                yield return (moved, $"moves images, and {name} has none");
            }
        }

        foreach (var mistake in Metrics(spec, name, DatasetRegistry.ClassCount(name)))
        {
            yield return mistake;
        }

        if (DatasetRegistry.IsGenerated(name))
        {
            var rows = DataSettings.Of(spec).Rows;
            foreach (var mistake in Fractions(spec).Where(fraction => Split.CountOf(rows, fraction) == 0).SelectMany(fraction => NothingValidates(spec, name, rows, fraction)))
            {
                yield return mistake;
            }
        }
    }

    // What the rows at hand do not allow: the same for all trials with that validation fraction.
    private static IEnumerable<(string Path, string Message)> Parts(SweepSpec spec, Dataset dataset, double fraction, DataParts parts)
    {
        var (train, validation) = (parts.Split.Train, parts.Split.Validation);
        if (validation.Length == 0)
        {
            foreach (var mistake in NothingValidates(spec, dataset.Name, train.Length, fraction))
            {
                yield return mistake;
            }
        }

        if (parts.Targets is { IsConstant: true } only)
        {
            yield return (Fraction, $"the {train.Length} rows of {dataset.Name} that are left to train on have the one number {only.Mean}");
        }

        if (parts.Targets is not null && validation.Length > 0 && Standardization.Of(DataParts.TargetsOf(dataset, validation)).IsConstant)
        {
            foreach (var (path, metric) in Asked(spec).Where(a => a.Metric == "val_r2"))
            {
                yield return (path, $"{metric} has no value: {Fraction} {fraction} of {dataset.Name} is {Rows(validation.Length)}, of the one number {dataset.Train.Targets![validation[0]]}");
            }
        }

        if (parts.Targets is null && dataset.Window == 0)
        {
            var trained = train.Select(row => dataset.Train.Labels[row]).ToHashSet();
            if (validation.FirstOrDefault(row => !trained.Contains(dataset.Train.Labels[row]), -1) is >= 0 and var row)
            {
                yield return (Fraction, $"{fraction} of {dataset.Name} takes all rows of class {dataset.Train.Labels[row]} (counted from 0), and none is left to train on: too few rows for so many classes");
            }
        }
    }

    private static IEnumerable<(string Path, string Message)> NothingValidates(SweepSpec spec, string name, int rows, double fraction) =>
        Asked(spec).Where(a => a.Metric.StartsWith(MetricRegistry.Validation, StringComparison.Ordinal))
            .Select(a => (a.Path, $"{a.Metric} has no rows to be taken on: {Fraction} {fraction} of the {rows} rows of {name} is none"));

    private static string Rows(int count) => count == 1 ? "one row" : $"{count} rows";

    // The smallest and the largest that a trial may have: what is wrong anywhere is wrong there.
    private static IEnumerable<double> Fractions(SweepSpec spec)
    {
        double[] all =
        [
            .. SpecValues.Of(spec, Fraction, TaskSettings.ValidationFraction.Default).Select(v => Convert.ToDouble(v, CultureInfo.InvariantCulture)),
            .. spec.Space.Parameters.Where(p => p.Name == Fraction).SelectMany(p => p.Alternatives).Select(a => a.Distribution)
                .OfType<ContinuousDistribution>().SelectMany(d => new[] { d.Low, d.High }).Where(fraction => fraction is > 0 and < 1),
        ];
        return all.Length == 0 ? [] : new[] { all.Min(), all.Max() }.Distinct();
    }

    private static IEnumerable<(string Path, string Message)> Metrics(SweepSpec spec, string name, long? classes)
    {
        var numbers = PredictsNumbers(spec, name);
        var hasTarget = HasTarget(spec);
        var losses = SpecValues.Texts(spec, "task.loss", numbers ? TaskSettings.MeanSquares : TaskSettings.CrossEntropy);
        return from a in Asked(spec)
               from loss in losses
               let error = MetricRegistry.FindError(a.Metric, name, numbers, LossOf(loss, numbers), classes, hasTarget)
               where error is not null
               select (a.Path, error);
    }

    private static bool HasTarget(SweepSpec spec) => spec.Task.Settings.ContainsKey(TaskSettings.Target.Name) || spec.Space.Parameters.Any(p => p.Name == "task.target");

    // The metrics that a sweep needs, each with the setting that names it.
    private static IEnumerable<(string Path, string Metric)> Asked(SweepSpec spec)
    {
        IEnumerable<(string Path, string Metric)> asked = spec.Objectives.Select(o => ("objective.metric", o.Metric));
        if (HasTarget(spec))
        {
            asked = asked.Concat(SpecValues.Texts(spec, "task.target_metric", (string)TaskSettings.TargetMetric.Default!).Select(m => ("task.target_metric", m)));
        }

        if (SpecValues.Texts(spec, "schedule", TaskSettings.DefaultSchedule).Contains("plateau"))
        {
            asked = asked.Concat(SpecValues.Texts(spec, "schedule.metric", "val_loss").Select(m => ("schedule.metric", m)));
        }

        return asked;
    }

    private static IEnumerable<double> Numbers(SweepSpec spec, string path) =>
        SpecValues.Of(spec, path, null).Where(v => v is long or double).Select(v => Convert.ToDouble(v, CultureInfo.InvariantCulture));
}
