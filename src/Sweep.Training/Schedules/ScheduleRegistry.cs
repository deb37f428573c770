using Sweep.Search.Settings;
using Sweep.Training.Schedules.Controller;
using Sweep.Training.Schedules.Curves;

namespace Sweep.Training.Schedules;

/// <summary>Every schedule that a sweep file may name.</summary>
public static class ScheduleRegistry
{
    /// <summary>All definitions, in the order of the documentation.</summary>
    public static IReadOnlyList<ScheduleDefinition> All { get; } =
    [
        ConstantCurve.Definition,
        MultiplicativeCurve.Definition,
        InverseTimeCurve.Definition,
        StepCurve.Definition,
        PiecewiseCurve.Definition,
        ExponentialCurve.Definition,
        NaturalExponentialCurve.Definition,
        LinearCurve.Definition,
        PolynomialCurve.Definition,
        CosineCurve.Definition,
        CosineRestartsCurve.Definition,
        CyclicalCurve.Definition,
        OneCycleCurve.Definition,
        InverseSqrtCurve.Definition,
        WarmupStableDecayCurve.Definition,
        SequenceCurve.Definition,
        PlateauSchedule.Definition,
        HypergradientSchedule.Definition,
        GradientNormSchedule.Definition,
        ControllerSchedule.Definition,
    ];

    /// <summary>The definition of a name.</summary>
    /// <exception cref="TrainingException">There is no schedule of that name.</exception>
    public static ScheduleDefinition Find(string name) =>
        All.FirstOrDefault(d => string.Equals(d.Name, name, StringComparison.Ordinal))
        ?? throw new TrainingException($"schedule: {name} is none of {string.Join(", ", All.Select(d => d.Name))}");

    /// <summary>Makes a schedule.</summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    /// <param name="values">Its settings, each within the range of its definition.</param>
    /// <param name="context">The training that it is laid over.</param>
    /// <exception cref="TrainingException">Unknown name, or settings that do not go together.</exception>
    public static ISchedule Create(string name, SettingValues values, ScheduleContext context) => Find(name).Create(values, context);

    /// <summary>Checks, before any training, the rules that span several settings: null when they hold, else what is wrong.</summary>
    public static string? FindError(string name, SettingValues values, ScheduleContext context)
    {
        try
        {
            _ = Create(name, values, context);
            return null;
        }
        catch (TrainingException e)
        {
            return e.Message;
        }
    }
}
