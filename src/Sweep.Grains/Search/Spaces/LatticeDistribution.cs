namespace Sweep.Grains.Search.Spaces;

/// <summary>Evenly spaced numbers: whole numbers, or reals with a <c>step</c>.</summary>
/// <remarks>
/// Uniform and log-uniform values stand for the interval up to the next one, so that k of a log-uniform integer has the
/// probability of [k, k + 1); normal ones for the interval around them.
/// </remarks>
public sealed class LatticeDistribution : Distribution
{
    private readonly decimal? _exactLow;
    private readonly decimal _exactStep;
    private readonly bool _whole;
    private readonly long _count;

    /// <summary>The numbers low, low + step, … up to count of them.</summary>
    /// <param name="whole">Whether they are integers; low and step are then whole numbers.</param>
    public LatticeDistribution(Scale scale, double low, double step, long count, bool whole)
    {
        Scale = scale;
        Low = low;
        Step = step;
        _count = count;
        _whole = whole;
        if (IsExact(low) && IsExact(step) && IsExact(low + (step * (count - 1))))
        {
            _exactLow = (decimal)low;
            _exactStep = (decimal)step;
        }
    }

    public Scale Scale { get; }

    public double Low { get; }

    public double Step { get; }

    /// <inheritdoc/>
    public override long? Count => _count;

    /// <inheritdoc/>
    public override ParameterValue At(long index) =>
        _whole ? ParameterValue.Of((long)Low + (index * (long)Step)) : ParameterValue.Of(RealAt(index));

    /// <inheritdoc/>
    public override long IndexOf(ParameterValue value)
    {
        var number = (value.Kind, _whole) switch
        {
            (ValueKind.Integer, true) => value.AsInteger,
            (ValueKind.Real, false) => value.AsReal,
            _ => double.NaN,
        };
        var index = Math.Round((number - Low) / Step);
        return index >= 0 && index < _count && At((long)index).Equals(value) ? (long)index : -1;
    }

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public override long QuantileIndex(double u)
    {
        if (Scale is UniformScale)
        {
            return Math.Min((long)(u * _count), _count - 1);
        }

        var shift = Scale is LogUniformScale ? 0 : Step / 2;
        var x = Scale.Quantile(u, Math.Max(Low - shift, Scale is LogNormalScale ? 0 : double.MinValue), Low + (Step * _count) - shift);
        return (long)Math.Clamp(Math.Floor((x - Low + shift) / Step), 0, _count - 1);
    }

    // Decimal arithmetic keeps 0.1 + 2 · 0.1 at 0.3, as a sweep file means it.
    private double RealAt(long index) =>
        _exactLow is { } low ? (double)(low + (index * _exactStep)) : Low + (index * Step);

    private static bool IsExact(double value) => Math.Abs(value) < 1e12 && (value == 0 || Math.Abs(value) > 1e-12) && (double)(decimal)value == value;
}
