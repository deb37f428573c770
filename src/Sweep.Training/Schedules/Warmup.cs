using System.Runtime.InteropServices;
using Sweep.Training.Settings;

namespace Sweep.Training.Schedules;

/// <summary>A linear warm-up: η0 (s + (1 − s) t / W) for t &lt; W (Goyal et al. 2017, section 2.2; PyTorch LinearLR).</summary>
/// <param name="Length">W, in the schedule's unit; 0 for none.</param>
/// <param name="StartFactor">s, the multiple of η0 at which it begins.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Warmup(double Length, double StartFactor)
{
    /// <summary>Reads the settings.</summary>
    /// <param name="values">The schedule's settings.</param>
    /// <param name="context">The training.</param>
    /// <param name="perEpoch">Units in an epoch.</param>
    /// <exception cref="TrainingException">The warm-up leaves nothing of the training.</exception>
    public static Warmup Create(SettingValues values, ScheduleContext context, double perEpoch)
    {
        var epochs = values.Number(CommonSettings.WarmupEpochs);
        if (epochs >= context.Epochs)
        {
            throw new TrainingException($"{CommonSettings.WarmupEpochs}: {epochs} is not less than task.epochs, {context.Epochs}");
        }

        return new Warmup(epochs * perEpoch, values.Number(CommonSettings.WarmupStartFactor));
    }

    /// <summary>The rate at a time before <see cref="Length"/>.</summary>
    public double RateAt(double rate, double t) => rate * (StartFactor + ((1 - StartFactor) * (t / Length)));
}
