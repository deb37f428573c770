using Sweep.Search.Settings;

namespace Sweep.Training.Schedules;

/// <summary>Follows a running mean of the gradient's norm: η0 · clip((ḡ_0 / ḡ_t)^p, low, high).</summary>
internal sealed class GradientNormSchedule : GradientSchedule
{
    private readonly double _power;
    private readonly double _decay;
    private readonly double _low;
    private readonly double _high;
    private double _first;
    private double _mean;

    private GradientNormSchedule(SettingValues values, ScheduleContext context)
        : base("gradient_norm", values, context) =>
        (_power, _decay, _low, _high) = (values.Number("power"), values.Number("decay"), values.Number("low"), values.Number("high"));

    public static ScheduleDefinition Definition { get; } = new(
        "gradient_norm",
        "Sets the rate by how the gradient's norm has changed since the start.",
        [
            new Setting("power", SettingKind.Number, "p; 1 keeps rate times norm constant, a negative one lowers the rate with the norm") { Default = 1.0 },
            Setting.Momentum("decay", 0.99, "What the running mean keeps from step to step"),
            Setting.Range("low", 0.1, 0, 1, "The lowest rate as a multiple of lr"),
            Setting.Range("high", 10, 1, double.PositiveInfinity, "The highest rate as a multiple of lr"),
            .. CommonSettings.Warmup,
        ],
        (values, context) => new GradientNormSchedule(values, context));

    /// <inheritdoc/>
    public override GradientDetail Detail => GradientDetail.Norm;

    /// <inheritdoc/>
    protected override byte[] SaveMemory() => StateBytes.Of([_first, _mean]);

    /// <inheritdoc/>
    protected override void RestoreMemory(ReadOnlySpan<byte> memory)
    {
        var numbers = StateBytes.Read("gradient_norm", memory, 2);
        (_first, _mean) = (numbers[0], numbers[1]);
    }

    /// <inheritdoc/>
    protected override void Observe(GradientObservation observation)
    {
        var norm = observation.Gradient.Norm;
        if (_first == 0)
        {
            _first = _mean = norm;
        }

        _mean = (_decay * _mean) + ((1 - _decay) * norm);
        if (_mean > 0 && double.IsFinite(_mean))
        {
            Rate = Start * Math.Clamp(Math.Pow(_first / _mean, _power), _low, _high);
        }
    }
}
