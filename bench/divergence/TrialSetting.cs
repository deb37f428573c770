using Sweep.Search.Settings;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;

namespace Sweep.Bench.Divergence;

/// <summary>An optimizer, a learning rate and a schedule.</summary>
internal sealed record TrialSetting(OptimizerDefinition Optimizer, double Rate, string ScheduleName, bool HasWarmup)
{
    // The range in which a usable rate is looked for; the grid goes a decade beyond its upper end.
    private static readonly Dictionary<string, (double Low, double High)> Ranges = new(StringComparer.Ordinal)
    {
        ["gd"] = (0.01, 1),
        ["sgd"] = (0.01, 1),
        ["momentum"] = (0.001, 0.1),
        ["nesterov"] = (0.001, 0.1),
        ["lion"] = (1e-5, 1e-3),
        ["adagrad"] = (0.001, 0.1),
        ["adadelta"] = (0.1, 10),
        ["dadapt_sgd"] = (0.1, 1),
        ["dadapt_adam"] = (0.1, 1),
        ["prodigy"] = (0.1, 1),
        ["schedule_free_sgd"] = (0.1, 10),
        ["schedule_free_adamw"] = (0.0003, 0.03),
    };

    /// <summary>Every optimizer × (constant, cosine, polynomial after a warm-up of an epoch) × two rates a decade.</summary>
    /// <param name="stride">1 for every rate, 2 for every other one.</param>
    public static List<TrialSetting> Grid(int stride)
    {
        var all = new List<TrialSetting>();
        foreach (var optimizer in OptimizerRegistry.All)
        {
            var (low, high) = Ranges.GetValueOrDefault(optimizer.Name, (1e-4, 1e-2));
            var count = (int)Math.Round(2 * Math.Log10(high * 10 / low)) + 1;
            for (var i = 0; i < count; i += stride)
            {
                foreach (var (schedule, hasWarmup) in (ReadOnlySpan<(string, bool)>)[("constant", false), ("cosine", false), ("polynomial", true)])
                {
                    if (OptimizerSchedulePairs.FindError(optimizer, ScheduleRegistry.Find(schedule)) is null)
                    {
                        all.Add(new TrialSetting(optimizer, low * Math.Pow(10, i / 2.0), schedule, hasWarmup));
                    }
                }
            }
        }

        return all;
    }

    /// <summary>The schedule over a training.</summary>
    public ISchedule Schedule(int epochs, long stepsPerEpoch)
    {
        var definition = ScheduleRegistry.Find(ScheduleName);
        var given = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (HasWarmup)
        {
            given["warmup_epochs"] = 1.0;
        }

        return definition.Create(
            new SettingValues(given, definition.Settings), new ScheduleContext { LearningRate = Rate, Epochs = epochs, StepsPerEpoch = stepsPerEpoch });
    }
}
