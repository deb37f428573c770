namespace Sweep.Search.Spaces;

/// <summary>Real numbers between two bounds.</summary>
/// <param name="scale">How likely they are.</param>
/// <param name="low">Below <paramref name="high"/>; both inside.</param>
public sealed class ContinuousDistribution(Scale scale, double low, double high) : Distribution
{
    public Scale Scale { get; } = scale;

    public double Low { get; } = low;

    public double High { get; } = high;

    /// <inheritdoc/>
    public override long? Count => null;

    /// <inheritdoc/>
    public override ParameterValue At(long index) => throw new InvalidOperationException("a continuous distribution has no numbered values");

    /// <inheritdoc/>
    public override long IndexOf(ParameterValue value) => -1;

    /// <inheritdoc/>
    public override ParameterValue? Find(ParameterValue value) => value.Kind switch
    {
        ValueKind.Real when value.AsReal >= Low && value.AsReal <= High => value,
        ValueKind.Integer when value.AsInteger >= Low && value.AsInteger <= High => ParameterValue.Of((double)value.AsInteger),
        _ => null,
    };

    /// <inheritdoc/>
    public override long QuantileIndex(double u) => throw new InvalidOperationException("a continuous distribution has no numbered values");

    /// <inheritdoc/>
    public override ParameterValue Quantile(double u) => ParameterValue.Of(Math.Clamp(
        Scale.Quantile(u, Low, High), Math.Max(Low, double.MinValue), Math.Min(High, double.MaxValue)));
}
