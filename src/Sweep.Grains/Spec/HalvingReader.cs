using System.Globalization;

namespace Sweep.Grains.Spec;

/// <summary>Reads the pruner of the search section.</summary>
internal static class HalvingReader
{
    private const int DefaultMinResource = 1;
    private const int DefaultReductionFactor = 3;

    /// <summary>How much of a schedule the first rung should see.</summary>
    private const int ScheduleShare = 3;

    internal static HalvingSpec? Read(SpecEntry entry, SpecMap root, TaskSection task, SpaceSection? space, SpecLog log)
    {
        const string Path = "search.pruner";
        if (log.Map(entry.Value, Path) is not { } section)
        {
            return null;
        }

        var errorsBefore = log.ErrorCount;
        log.Keys(section, Path, "type", "min_resource", "max_resource", "reduction_factor");
        _ = Words.Read(section, Path, "type", ["halving"], null, log);
        var min = Resource(section, "min_resource", log) ?? DefaultMinResource;
        var max = Resource(section, "max_resource", log) ?? (int?)task.Epochs;
        var factor = section.Find("reduction_factor") is { } given
            ? SpecReader.WholeNumber(given, $"{Path}.reduction_factor", 2, int.MaxValue, log)
            : DefaultReductionFactor;

        if (root.Find("parameters")?.Value is SpecMap parameters && parameters.Find(TaskSpec.EpochsParameter) is { } varied)
        {
            log.Error(varied.Line, TaskSpec.EpochsParameter, "cannot vary with a pruner that compares trials at the same resource");
        }
        else if (max > task.Epochs)
        {
            log.Error(section.Find("max_resource")!.Line, $"{Path}.max_resource", $"{max} is above task.epochs {task.Epochs}");
        }

        if (min > max)
        {
            var line = (section.Find("min_resource") ?? section.Find("max_resource") ?? entry).Line;
            var limit = section.Find("max_resource") is null ? "task.epochs" : "max_resource";
            log.Error(line, $"{Path}.min_resource", $"{min} is above {limit} {max}");
        }

        if (log.ErrorCount > errorsBefore || max is null || factor is null)
        {
            return null;
        }

        WarnOfSchedules(section.Find("min_resource")?.Line ?? entry.Line, min, task, space, log);
        return new HalvingSpec(min, max.Value, factor.Value);
    }

    private static int? Resource(SpecMap section, string key, SpecLog log) =>
        section.Find(key) is { } entry ? SpecReader.WholeNumber(entry, $"search.pruner.{key}", 1, int.MaxValue, log) : null;

    private static void WarnOfSchedules(int line, int min, TaskSection task, SpaceSection? space, SpecLog log)
    {
        if (space is null || (long)min * ScheduleShare >= task.Epochs)
        {
            return;
        }

        foreach (var entry in space.Entries)
        {
            var name = entry.Parameter.Name;
            if ((name == "schedule" || name.StartsWith("schedule.", StringComparison.Ordinal))
                && (entry.Parameter.Alternatives.Count > 1 || entry.Parameter.Alternatives[0].Distribution.Count != 1))
            {
                log.Warn(line, "search.pruner.min_resource", string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} varies and min_resource {min} is less than a third of task.epochs {task.Epochs}: early rungs say little about a decay"));
                return;
            }
        }
    }
}
