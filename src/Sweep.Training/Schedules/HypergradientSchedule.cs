using Sweep.Search.Settings;

namespace Sweep.Training.Schedules;

/// <summary>Descends on the rate itself (Baydin et al. 2018, algorithms 4 and 5 in general form).</summary>
/// <remarks>
/// The derivative of the loss by the rate of the step before is −g_t · u_{t−1}, u the optimizer's step divided by its rate: the gradient for plain
/// SGD, the velocity for momentum, the quotient for Adam. α and β in the paper are η and <c>beta</c> here.
/// </remarks>
internal sealed class HypergradientSchedule : GradientSchedule
{
    private readonly double _beta;
    private readonly bool _multiplicative;
    private readonly double _low;
    private readonly double _high;

    private HypergradientSchedule(SettingValues values, ScheduleContext context)
        : base("hypergradient", values, context)
    {
        _multiplicative = values.Text("form") == "multiplicative";
        _beta = values.NumberOrNull("beta") ?? (_multiplicative ? 0.02 : 1e-3);
        (_low, _high) = (Start * values.Number("min_factor"), Start * values.Number("max_factor"));
    }

    public static ScheduleDefinition Definition { get; } = new(
        "hypergradient",
        "Raises the rate while successive steps agree, and lowers it when they turn back.",
        [
            Setting.Choice("form", ["multiplicative", "additive"], "Whether the rate is changed by a share of itself or by an amount"),
            new Setting("beta", SettingKind.Number, "β, the rate of the rate; 0.02 for multiplicative and 0.001 for additive when left out") { Minimum = 0, IsRate = true },
            Setting.Range("min_factor", 1e-3, 0, 1, "The lowest rate as a multiple of lr"),
            Setting.Range("max_factor", 100, 1, double.PositiveInfinity, "The highest rate as a multiple of lr"),
            .. CommonSettings.Warmup,
        ],
        (values, context) => new HypergradientSchedule(values, context));

    /// <inheritdoc/>
    protected override void Observe(GradientObservation observation)
    {
        var (norm, alignment, step) = observation.Gradient;
        var next = Rate + (_beta * (!_multiplicative ? alignment : norm * step > 0 ? Rate * (alignment / (norm * step)) : 0));
        if (double.IsFinite(next))
        {
            Rate = Math.Clamp(next, _low, _high);
        }
    }
}
