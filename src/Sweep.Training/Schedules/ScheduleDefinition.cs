using Sweep.Search.Settings;

namespace Sweep.Training.Schedules;

/// <summary>A schedule as a sweep file may name it: its settings and how it is made of them.</summary>
public sealed class ScheduleDefinition
{
    private readonly Func<SettingValues, ScheduleContext, ISchedule> _create;

    /// <summary>A schedule set in advance, given by its curve; it takes the common settings too.</summary>
    internal ScheduleDefinition(string name, string summary, IReadOnlyList<Setting> settings, Func<SettingValues, CurveSpan, Curve> curve)
    {
        (Name, Summary, OwnSettings, Curve) = (name, summary, settings, curve);
        Settings = [.. settings, .. CommonSettings.All];
        _create = (values, context) => CurveSchedule.Create(curve, values, context);
    }

    /// <summary>A schedule that watches the training; it takes the settings given, no others.</summary>
    internal ScheduleDefinition(string name, string summary, IReadOnlyList<Setting> settings, Func<SettingValues, ScheduleContext, ISchedule> create)
    {
        (Name, Summary, OwnSettings, Settings, _create) = (name, summary, settings, settings, create);
    }

    /// <summary>The name in a sweep file, snake_case.</summary>
    public string Name { get; }

    /// <summary>What the schedule does, in a sentence.</summary>
    public string Summary { get; }

    /// <summary>Every setting it takes, those common to all schedules last.</summary>
    public IReadOnlyList<Setting> Settings { get; }

    /// <summary>Whether it is known in advance: a pure function of the step.</summary>
    public bool SetInAdvance => Curve is not null;

    /// <summary>Whether trials learn it from each other: its schedules are <see cref="ILearningSchedule"/>s, and start from <see cref="ScheduleContext.Policy"/>.</summary>
    public bool LearnsAcrossTrials { get; internal init; }

    internal IReadOnlyList<Setting> OwnSettings { get; }

    internal Func<SettingValues, CurveSpan, Curve>? Curve { get; }

    /// <summary>Makes the schedule of one training.</summary>
    /// <param name="values">Its settings, each within the range of its definition.</param>
    /// <param name="context">The training that it is laid over.</param>
    /// <exception cref="TrainingException">Settings do not go together, or not with the context.</exception>
    public ISchedule Create(SettingValues values, ScheduleContext context)
    {
        context.ThrowIfInvalid();
        try
        {
            return _create(values, context);
        }
        catch (TrainingException e)
        {
            throw new TrainingException($"schedule {Name}: {e.Message}", e);
        }
    }
}
