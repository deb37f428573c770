namespace Sweep.Grains.Search.Spaces;

/// <summary>Values written out; a constant is one of them.</summary>
public sealed class ValuesDistribution : Distribution
{
    private readonly double[]? _upTo;
    private readonly Dictionary<ParameterValue, long> _indexes;

    /// <summary>Values, all alike or with probabilities.</summary>
    /// <param name="values">At least one, distinct.</param>
    /// <param name="probabilities">One for each value, positive, of any sum; null for all alike.</param>
    public ValuesDistribution(IReadOnlyList<ParameterValue> values, IReadOnlyList<double>? probabilities = null)
    {
        Values = values;
        _indexes = new Dictionary<ParameterValue, long>(values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            _indexes.Add(values[i], i);
        }

        _upTo = probabilities is null ? null : Accumulate(probabilities);
    }

    public IReadOnlyList<ParameterValue> Values { get; }

    /// <summary>Whether some values are likelier than others by the sweep file's word.</summary>
    public bool HasProbabilities => _upTo is not null;

    /// <inheritdoc/>
    public override long? Count => Values.Count;

    /// <inheritdoc/>
    public override ParameterValue At(long index) => Values[(int)index];

    /// <inheritdoc/>
    public override long IndexOf(ParameterValue value) => _indexes.GetValueOrDefault(value, -1);

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value) => _indexes.ContainsKey(value);

    /// <inheritdoc/>
    public override long QuantileIndex(double u)
    {
        if (_upTo is null)
        {
            return (long)(u * Values.Count);
        }

        var found = Array.BinarySearch(_upTo, u);
        return Math.Min(found >= 0 ? found + 1 : ~found, Values.Count - 1);
    }

    /// <summary>The probability of each value; their sum is 1.</summary>
    internal double[] Probabilities()
    {
        var shares = new double[Values.Count];
        for (var i = 0; i < shares.Length; i++)
        {
            shares[i] = _upTo is null ? 1.0 / shares.Length : _upTo[i] - (i > 0 ? _upTo[i - 1] : 0);
        }

        return shares;
    }

    private static double[] Accumulate(IReadOnlyList<double> probabilities)
    {
        var upTo = new double[probabilities.Count];
        var sum = 0.0;
        for (var i = 0; i < upTo.Length; i++)
        {
            sum += probabilities[i];
            upTo[i] = sum;
        }

        for (var i = 0; i < upTo.Length; i++)
        {
            upTo[i] /= sum;
        }

        return upTo;
    }
}
