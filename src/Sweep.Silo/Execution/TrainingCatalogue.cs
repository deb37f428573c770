using Sweep.Search.Settings;
using Sweep.Search.Spec;
using Sweep.Training;
using Sweep.Training.Models;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;

namespace Sweep.Silo.Execution;

/// <summary>What a sweep file may name when trials are trained here: filled from the training side's registries.</summary>
public static class TrainingCatalogue
{
    public static Catalogue Create() => new(
        new CatalogueFamily("optimizer", "optimizer.", TaskSettings.DefaultOptimizer, OptimizerRegistry.All.ToDictionary(o => o.Name, o => Bound(o.Settings), StringComparer.Ordinal)),
        new CatalogueFamily("schedule", "schedule.", TaskSettings.DefaultSchedule, ScheduleRegistry.All.ToDictionary(s => s.Name, s => Bound(s.Settings), StringComparer.Ordinal)),
        new CatalogueFamily("task.model", "task.", TaskSettings.DefaultModel, ModelRegistry.All.ToDictionary(m => m.Name, m => Bound(m.Settings), StringComparer.Ordinal)),
        new Setting("lr", SettingKind.Number, "The largest learning rate that the schedule reaches; the optimizer's default when left out")
        {
            Minimum = 0,
            MinimumExclusive = true,
        },
        Bound(TaskSettings.All),
        MetricRegistry.All.ToDictionary(m => m.Name, m => m.Maximize ? ObjectiveGoal.Maximize : ObjectiveGoal.Minimize, StringComparer.Ordinal))
    {
        Conflicts =
        [
            .. from optimizer in OptimizerRegistry.All
               from schedule in ScheduleRegistry.All
               let reason = OptimizerSchedulePairs.FindError(optimizer, schedule)
               where reason is not null
               select new CatalogueConflict(optimizer.Name, schedule.Name, reason),
        ],
    };

    /// <summary>
    /// Mistakes in a valid spec that the catalogue cannot tell: settings and metrics that no data set of the sweep has, settings of a schedule or
    /// a model that do not go together, and what this machine or its libtorch lacks.
    /// </summary>
    public static IReadOnlyList<SpecError> Check(SweepSpec spec) =>
    [
        .. DataSettings.Mistakes(spec, TorchTrainings.DatasetsOf(spec)).Concat(TaskChecks.Mistakes(spec)).Concat(ScheduleChecks.Mistakes(spec))
            .Concat(ModelSettings.Mistakes(spec)).Concat(MachineNeeds.Of(spec))
            .Select(m => new SpecError(spec.File, LineOf(spec, m.Path), m.Path, m.Message)),
    ];

    /// <summary>The first line with the setting as a key, by its path or, in its section, alone.</summary>
    internal static int LineOf(SweepSpec spec, string path)
    {
        var lines = spec.Source.Split('\n');
        var whole = Array.FindIndex(lines, line => line.Contains(path + ":", StringComparison.Ordinal));
        var name = path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..] + ":";
        return 1 + Math.Max(0, whole >= 0 ? whole : Array.FindIndex(lines, line => line.Contains(name, StringComparison.Ordinal)));
    }

    /// <summary>The settings with a largest value where they have none of their own: widths beyond 2^20 are typing errors that no memory holds.</summary>
    private static IReadOnlyList<Setting> Bound(IReadOnlyList<Setting> settings) =>
    [
        .. settings.Select(setting => setting.Kind switch
        {
            SettingKind.IntegerList => setting with { Maximum = Math.Min(setting.Maximum, 1 << 20) },
            SettingKind.Integer => setting with { Maximum = Math.Min(setting.Maximum, int.MaxValue) },
            _ => setting,
        }),
    ];
}
