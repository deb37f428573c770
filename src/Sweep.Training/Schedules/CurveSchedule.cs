using Sweep.Search.Settings;

namespace Sweep.Training.Schedules;

/// <summary>Lays a curve over the updates of a training: units, warm-up, and the clamp to T.</summary>
internal sealed class CurveSchedule : ISchedule
{
    private readonly Curve _curve;
    private readonly double _rate;
    private readonly long _stepsPerEpoch;
    private readonly bool _byEpoch;
    private readonly long _end;
    private readonly Warmup _warmup;

    private CurveSchedule(Func<SettingValues, CurveSpan, Curve> curve, SettingValues values, ScheduleContext context)
    {
        _rate = context.LearningRate;
        _stepsPerEpoch = context.StepsPerEpoch;
        _byEpoch = values.Text(CommonSettings.Update) == "epoch";
        var stepsPerUnit = values.Text(CommonSettings.Unit) == "epochs" ? _stepsPerEpoch : 1;
        var whole = CurveSpan.Of(context, stepsPerUnit, _byEpoch ? _stepsPerEpoch : 1);
        _end = whole.EndStep;
        _warmup = Warmup.Create(values, context, whole);
        _curve = curve(values, whole.Part(_warmup.Length, whole.Length));
    }

    public static ISchedule Create(Func<SettingValues, CurveSpan, Curve> curve, SettingValues values, ScheduleContext context)
    {
        var schedule = new CurveSchedule(curve, values, context);
        return schedule._curve.CyclesMomentum ? new WithMomentum(schedule) : schedule;
    }

    public double RateAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var at = Math.Min(step, _end);

        // The last bits of a formula may round above η0; the promise is that nothing does.
        return Math.Clamp(at < _warmup.EndStep ? _warmup.RateAt(_rate, at) : _curve.At(CurveStep(at)), 0, _rate);
    }

    private double? MomentumAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return _curve.MomentumAt(CurveStep(Math.Max(Math.Min(step, _end), _warmup.EndStep)));
    }

    /// <summary>The update whose rate holds: the epoch's first with <c>update: epoch</c>, but none before the end of a warm-up or ramp.</summary>
    private long CurveStep(long step)
    {
        if (!_byEpoch)
        {
            return step;
        }

        var rampEnd = Math.Max(_curve.RampEnd(step), _warmup.EndStep);
        return step < rampEnd ? step : Math.Max(step - (step % _stepsPerEpoch), rampEnd);
    }

    private sealed class WithMomentum(CurveSchedule schedule) : IMomentumSchedule
    {
        public double RateAt(long step) => schedule.RateAt(step);

        public double? MomentumAt(long step) => schedule.MomentumAt(step);
    }
}
