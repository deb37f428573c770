using Sweep.Training.Schedules;

namespace Sweep.Training.Optimizers;

/// <summary>Which schedules go with which optimizers: the one table that validation, tests and documentation read.</summary>
public static class OptimizerSchedulePairs
{
    /// <summary>Why a schedule does not go with an optimizer; null when it does.</summary>
    public static string? FindError(OptimizerDefinition optimizer, ScheduleDefinition schedule) =>
        optimizer.ScheduleFree && schedule.Name != "constant"
            ? $"optimizer {optimizer.Name} averages its steps in place of a falling rate: only schedule constant, with or without a warm-up, goes with it, not {schedule.Name}"
            : null;
}
