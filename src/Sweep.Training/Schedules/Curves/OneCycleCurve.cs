using Sweep.Search.Settings;
using Sweep.Search.Spaces;

namespace Sweep.Training.Schedules.Curves;

/// <summary>From η0 / div_factor up to η0, then down to η0 / (div_factor · final_div_factor) (Smith &amp; Topin 2018; PyTorch OneCycleLR).</summary>
/// <remarks>
/// As in PyTorch, phases end one update early, so that the last update trained has the lowest rate. A phase too short for
/// one update is left out.
/// </remarks>
internal sealed class OneCycleCurve : Curve
{
    private readonly CurveSpan _span;
    private readonly Phase[] _phases;
    private readonly bool _cosine;
    private readonly bool _cyclesMomentum;

    private OneCycleCurve(SettingValues values, CurveSpan span)
    {
        _span = span;
        var rate = span.LearningRate;
        var initial = rate / values.Number("div_factor");
        var final = initial / values.Number("final_div_factor");
        var (low, high) = MomentumRange.Create(values) ?? default;
        var interval = new Rational(span.Interval, span.StepsPerUnit);
        var peak = (values.Exact("pct_start") * span.Length) - interval;
        var end = span.Length - interval;

        _cosine = values.Text("anneal_strategy") == "cos";
        _cyclesMomentum = values.Boolean("cycle_momentum");
        if (!values.Boolean("three_phase"))
        {
            _phases = Phases((peak, initial, rate, high, low), (end, rate, final, low, high));
            return;
        }

        if (values.Number("pct_start") > 0.5)
        {
            throw new TrainingException($"pct_start: {values.Number("pct_start")} is above 0.5, and with three_phase the way back down takes as long as the way up");
        }

        _phases = Phases((peak, initial, rate, high, low), (2 * peak, rate, initial, low, high), (end, initial, final, high, high));
    }

    public static ScheduleDefinition Definition { get; } = new(
        "one_cycle",
        "One long cycle, up to lr and down to almost nothing: super-convergence.",
        [
            Setting.Range("pct_start", 0.3, 0, 1, "The share of the training that goes up"),
            Setting.Choice("anneal_strategy", ["cos", "linear"], "The shape of each phase"),
            Setting.Range("div_factor", 25, 1, double.PositiveInfinity, "lr over the rate at the start"),
            Setting.Range("final_div_factor", 1e4, 1, double.PositiveInfinity, "The rate at the start over that at the end"),
            Setting.Flag("three_phase", false, "Whether the way down has a phase back to the start's rate, as long as the way up, and another from there"),
            .. MomentumRange.Settings(0.85, 0.95),
        ],
        (values, span) => new OneCycleCurve(values, span));

    public override bool CyclesMomentum => _cyclesMomentum;

    public override double At(long step) => Value(step, p => p.StartRate, p => p.EndRate);

    public override double? MomentumAt(long step) => _cyclesMomentum ? Value(step, p => p.StartMomentum, p => p.EndMomentum) : null;

    private double Value(long step, Func<Phase, double> start, Func<Phase, double> end)
    {
        var i = 0;
        while (i < _phases.Length - 1 && (step > _phases[i].LastStep || _phases[i].Length <= 0))
        {
            i++;
        }

        var phase = _phases[i];
        var progress = phase.Length > 0 ? Math.Clamp(_span.Since(phase.Begin, step) / phase.Length, 0, 1) : 0;
        return _cosine
            ? CosineCurve.Between(start(phase), end(phase), progress)
            : start(phase) + ((end(phase) - start(phase)) * progress);
    }

    /// <summary>Phases by their ends: each begins where the one before ends, the first at 0.</summary>
    private Phase[] Phases(params ReadOnlySpan<(Rational End, double StartRate, double EndRate, double StartMomentum, double EndMomentum)> ends)
    {
        var phases = new Phase[ends.Length];
        var begin = (Rational)0;
        for (var i = 0; i < phases.Length; i++)
        {
            var (end, startRate, endRate, startMomentum, endMomentum) = ends[i];
            phases[i] = new Phase(begin, (end - begin).ToDouble(), _span.LastStepUpTo(end), startRate, endRate, startMomentum, endMomentum);
            begin = Rational.Max(0, end);
        }

        return phases;
    }

    private sealed record Phase(Rational Begin, double Length, long LastStep, double StartRate, double EndRate, double StartMomentum, double EndMomentum);
}
