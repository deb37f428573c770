using System.Globalization;
using Sweep.Grains.Spec;
using Sweep.Torch;
using Sweep.Training;
using Sweep.Training.Data;

namespace Sweep.Silo.Execution;

/// <summary>Which metrics, loss and augmentation go with which data: as far as a sweep file tells, and then as far as the data do.</summary>
internal static class TaskChecks
{
    private const string Shift = "task.augment_shift";

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
    public static string? FindError(SweepSpec spec, Dataset dataset)
    {
        var wrong = Metrics(spec, dataset.Name, dataset.ClassCount).Select(m => $"{m.Path}: {m.Message}").FirstOrDefault();
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
    }

    private static IEnumerable<(string Path, string Message)> Metrics(SweepSpec spec, string name, long? classes)
    {
        var numbers = PredictsNumbers(spec, name);
        var hasTarget = spec.Task.Settings.ContainsKey(TaskSettings.Target.Name) || spec.Space.Parameters.Any(p => p.Name == "task.target");
        var losses = SpecValues.Texts(spec, "task.loss", numbers ? TaskSettings.MeanSquares : TaskSettings.CrossEntropy);
        IEnumerable<(string Path, string Metric)> asked = spec.Objectives.Select(o => ("objective.metric", o.Metric));
        if (hasTarget)
        {
            asked = asked.Concat(SpecValues.Texts(spec, "task.target_metric", (string)TaskSettings.TargetMetric.Default!).Select(m => ("task.target_metric", m)));
        }

        if (SpecValues.Texts(spec, "schedule", TaskSettings.DefaultSchedule).Contains("plateau"))
        {
            asked = asked.Concat(SpecValues.Texts(spec, "schedule.metric", "val_loss").Select(m => ("schedule.metric", m)));
        }

        return from a in asked
               from loss in losses
               let error = MetricRegistry.FindError(a.Metric, name, numbers, LossOf(loss, numbers), classes, hasTarget)
               where error is not null
               select (a.Path, error);
    }

    private static IEnumerable<double> Numbers(SweepSpec spec, string path) =>
        SpecValues.Of(spec, path, null).Where(v => v is long or double).Select(v => Convert.ToDouble(v, CultureInfo.InvariantCulture));
}
