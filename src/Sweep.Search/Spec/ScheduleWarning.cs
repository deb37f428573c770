using System.Globalization;

namespace Sweep.Search.Spec;

/// <summary>Warns of rungs that compare schedules before they differ.</summary>
internal static class ScheduleWarning
{
    /// <summary>How much of a schedule the first rung should see: one part of so many.</summary>
    private const int Share = 3;

    internal static void Give(int line, int min, TaskSection task, SpaceSection? space, SpecLog log)
    {
        if (space is null || (long)min * Share >= task.Epochs)
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
