using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Training.Schedules;

/// <summary>A linear warm-up: η0 (s + (1 − s) t / W) for t &lt; W (Goyal et al. 2017, section 2.2; PyTorch LinearLR).</summary>
internal sealed class Warmup
{
    private readonly CurveSpan _span;
    private readonly double _startFactor;

    private Warmup(CurveSpan span, double startFactor) => (_span, _startFactor, EndStep) = (span, startFactor, span.EndStep);

    /// <summary>W, in the schedule's unit; 0 for none.</summary>
    public Rational Length => _span.Length;

    /// <summary>The first update after the warm-up.</summary>
    public long EndStep { get; }

    /// <summary>Reads the settings.</summary>
    /// <param name="values">The schedule's settings.</param>
    /// <param name="context">The training.</param>
    /// <exception cref="TrainingException">The warm-up leaves nothing of the training.</exception>
    public static Warmup Create(SettingValues values, ScheduleContext context) =>
        Create(values, context, CurveSpan.Of(context, context.StepsPerEpoch, interval: 1));

    /// <inheritdoc cref="Create(SettingValues, ScheduleContext)"/>
    /// <param name="whole">The whole training, in the schedule's unit.</param>
    public static Warmup Create(SettingValues values, ScheduleContext context, CurveSpan whole)
    {
        var epochs = values.Exact(CommonSettings.WarmupEpochs);
        if (epochs >= context.Epochs)
        {
            throw new TrainingException($"{CommonSettings.WarmupEpochs}: {epochs} is not less than task.epochs, {context.Epochs}");
        }

        var length = epochs * new Rational(context.StepsPerEpoch, whole.StepsPerUnit);
        return new Warmup(whole.Part(0, length), values.Number(CommonSettings.WarmupStartFactor));
    }

    /// <summary>The rate of an update before <see cref="EndStep"/>.</summary>
    public double RateAt(double rate, long step) => rate * (_startFactor + ((1 - _startFactor) * (_span.TimeAt(step) / _span.Duration)));
}
