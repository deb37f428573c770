using Sweep.Training.Settings;

namespace Sweep.Training.Schedules;

/// <summary>Lays a curve over the steps of a training: units, warm-up, and the clamp to T.</summary>
internal sealed class CurveSchedule : ISchedule
{
    private readonly Curve _curve;
    private readonly double _rate;
    private readonly long _stepsPerEpoch;
    private readonly bool _inEpochs;
    private readonly bool _byEpoch;
    private readonly double _end;
    private readonly Warmup _warmup;

    private CurveSchedule(Func<SettingValues, CurveSpan, Curve> curve, SettingValues values, ScheduleContext context)
    {
        _rate = context.LearningRate;
        _stepsPerEpoch = context.StepsPerEpoch;
        _inEpochs = values.Text(CommonSettings.Unit) == "epochs";
        _byEpoch = values.Text(CommonSettings.Update) == "epoch";
        _end = Time(context.Epochs * context.StepsPerEpoch);
        _warmup = Warmup.Create(values, context, _inEpochs ? 1 : context.StepsPerEpoch);
        _curve = curve(values, new CurveSpan(_rate, _end - _warmup.Length, Time(_byEpoch ? _stepsPerEpoch : 1)));
    }

    public static ISchedule Create(Func<SettingValues, CurveSpan, Curve> curve, SettingValues values, ScheduleContext context)
    {
        var schedule = new CurveSchedule(curve, values, context);
        return schedule._curve.CyclesMomentum ? new WithMomentum(schedule) : schedule;
    }

    public double RateAt(long step)
    {
        var t = Math.Min(Time(step), _end);

        // The last bits of a formula may round above η0; the promise is that nothing does.
        return Math.Clamp(t < _warmup.Length ? _warmup.RateAt(_rate, t) : _curve.At(CurveTime(step, t)), 0, _rate);
    }

    private double? MomentumAt(long step)
    {
        var t = Math.Min(Time(step), _end);
        return _curve.MomentumAt(t < _warmup.Length ? 0 : CurveTime(step, t));
    }

    /// <summary>The curve's own time: after the warm-up, and that of the epoch's begin with <c>update: epoch</c>.</summary>
    private double CurveTime(long step, double t)
    {
        var time = t - _warmup.Length;
        if (!_byEpoch)
        {
            return time;
        }

        var rampEnd = _curve.RampEnd(time);
        var epochBegin = Math.Min(Time(step - (step % _stepsPerEpoch)), _end) - _warmup.Length;
        return time < rampEnd ? time : Math.Max(epochBegin, rampEnd);
    }

    private double Time(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return _inEpochs ? step / (double)_stepsPerEpoch : step;
    }

    private sealed class WithMomentum(CurveSchedule schedule) : IMomentumSchedule
    {
        public double RateAt(long step) => schedule.RateAt(step);

        public double? MomentumAt(long step) => schedule.MomentumAt(step);
    }
}
