namespace Sweep.Search.Spaces;

/// <summary>Values written out; a constant is one of them.</summary>
public sealed class ValuesDistribution : Distribution
{
    private readonly double[]? _upTo;
    private readonly Dictionary<ParameterValue, long> _indexes;
    private (Rational Number, long Index)[]? _ascending;

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
    public override long IndexOf(ParameterValue value)
    {
        if (_indexes.TryGetValue(value, out var index) || value.Exact is not { } number)
        {
            return _indexes.GetValueOrDefault(value, -1);
        }

        var (below, above) = Neighbours(number);
        foreach (var at in (ReadOnlySpan<int>)[below, above])
        {
            if (at >= 0 && at < Ascending.Length && IsSame(number, Ascending[at].Number, Distance(at)))
            {
                return Ascending[at].Index;
            }
        }

        return -1;
    }

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

    /// <inheritdoc/>
    internal override IEnumerable<ParameterValue> Around(Rational number)
    {
        var (below, above) = Neighbours(number);
        return new[] { below, above }.Where(at => at >= 0 && at < Ascending.Length).Select(at => Values[(int)Ascending[at].Index]);
    }

    /// <summary>The numbers among the values.</summary>
    private (Rational Number, long Index)[] Ascending => _ascending ??=
        [.. Values.Select((value, i) => (value.Exact, Index: (long)i)).Where(v => v.Exact is not null).Select(v => (v.Exact!.Value, v.Index)).OrderBy(v => v.Value)];

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

    /// <summary>The places in <see cref="Ascending"/> of the last number not above a number and of the one after it; one of them may be outside.</summary>
    private (int Below, int Above) Neighbours(Rational number)
    {
        var found = Array.BinarySearch(Ascending, (number, long.MaxValue));
        return (~found - 1, ~found);
    }

    /// <summary>From a number among the values to the nearest other one; 0 when there is none.</summary>
    private Rational Distance(int at)
    {
        var below = at > 0 ? Ascending[at].Number - Ascending[at - 1].Number : (Rational?)null;
        var above = at < Ascending.Length - 1 ? Ascending[at + 1].Number - Ascending[at].Number : (Rational?)null;
        return (below, above) switch
        {
            ({ } b, { } a) => b < a ? b : a,
            var (b, a) => b ?? a ?? 0,
        };
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
