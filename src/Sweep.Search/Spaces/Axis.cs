namespace Sweep.Search.Spaces;

/// <summary>
/// A dimension as samplers with a model see it. Numbers are on the scale on which they are likely alike: as they are, their logarithm
/// for a log-uniform distribution, their probability for a normal or log-normal one.
/// </summary>
/// <remarks>
/// A whole number or one with a <c>step</c> stands for the interval around it, so <see cref="Low"/> and <see cref="High"/> lie half a
/// step outside of the values. Values written out are categorical, numbers too.
/// </remarks>
internal sealed class Axis
{
    private readonly Distribution _distribution;
    private readonly Scale? _scale;
    private readonly double _first;
    private readonly double _last;
    private readonly double _step;
    private readonly long _count;

    private Axis(int dimension, string name, SpaceChoice choice)
    {
        Dimension = dimension;
        _distribution = choice.Distribution;
        Name = name;
        IsConditional = choice.Tests.Length > 0;
        Group = string.Join(';', choice.Tests.Select(test => $"{test.Level}:{string.Concat(test.Mask.Select(bit => bit ? '1' : '0'))}").Order(StringComparer.Ordinal));
        _count = choice.Distribution.Count ?? 0;
        Kind = _count == 1 ? AxisKind.Constant : AxisKind.Numeric;
        switch (choice.Distribution)
        {
            case ValuesDistribution values:
                Kind = _count == 1 ? AxisKind.Constant : AxisKind.Categorical;
                Probabilities = values.Probabilities();
                break;
            case LatticeDistribution lattice:
                (_scale, _first, _step) = (lattice.Scale, lattice.Low, lattice.Step);
                _last = lattice.NumberAt(_count - 1);
                Quantum = _scale is UniformScale ? _step : 0;
                break;
            case ContinuousDistribution continuous:
                (_scale, _first, _last) = (continuous.Scale, continuous.Low, continuous.High);
                break;
            default:
                throw new ArgumentException($"no axis for {choice.Distribution}", nameof(choice));
        }

        (Low, High) = _scale switch
        {
            null => (0, _count),
            UniformScale => (_first - (_step / 2), _last + (_step / 2)),
            LogUniformScale => (Math.Log(_first - (_step / 2) > 0 ? _first - (_step / 2) : _first / 2), Math.Log(_last + (_step / 2))),
            _ => (0, 1),
        };
    }

    internal int Dimension { get; }

    internal string Name { get; }

    internal AxisKind Kind { get; }

    /// <summary>Whether it is inactive in some configurations.</summary>
    internal bool IsConditional { get; }

    /// <summary>Dimensions of equal groups are always active together.</summary>
    internal string Group { get; }

    /// <summary>How many values there are; 0 when they are not finite.</summary>
    internal long Count => _count;

    /// <summary>Of a categorical axis: how likely each value is before anything is known; their sum is 1.</summary>
    internal double[] Probabilities { get; } = [];

    /// <summary>Of a numeric axis, on its scale.</summary>
    internal double Low { get; }

    /// <inheritdoc cref="Low"/>
    internal double High { get; }

    /// <summary>The distance between values of a uniform lattice; 0 for other axes.</summary>
    internal double Quantum { get; }

    /// <summary>A coordinate on the axis's scale; of a categorical axis the coordinate itself.</summary>
    internal double Forward(double coordinate)
    {
        if (_scale is null)
        {
            return coordinate;
        }

        var value = _count > 0 ? _first + (_step * coordinate) : coordinate;
        return _scale switch
        {
            UniformScale => value,
            LogUniformScale => Math.Log(value),
            _ when _count > 0 => _scale.Probability(value, LatticeFrom, _last + (_step / 2)),
            _ => _scale.Probability(value, _first, _last),
        };
    }

    /// <summary>The coordinate of the value nearest to a place on the axis's scale.</summary>
    internal double Backward(double x)
    {
        if (_scale is null)
        {
            return Math.Clamp(Math.Floor(x), 0, _count - 1);
        }

        var value = _scale switch
        {
            UniformScale => x,
            LogUniformScale => Math.Exp(x),
            _ when _count > 0 => _scale.Quantile(Math.Clamp(x, 0, 1), LatticeFrom, _last + (_step / 2)),
            _ => _scale.Quantile(Math.Clamp(x, 0, 1), _first, _last),
        };
        return _count > 0
            ? Math.Clamp(Math.Round((value - _first) / _step), 0, _count - 1)
            : Math.Clamp(value, Math.Max(_first, double.MinValue), Math.Min(_last, double.MaxValue));
    }

    /// <summary>The coordinate of the value nearest to a multiple of a coordinate's value; of a lattice its neighbour at least, where there is one.</summary>
    internal double Times(double coordinate, double factor)
    {
        if (_count == 0)
        {
            return Math.Clamp(coordinate * factor, Math.Max(_first, double.MinValue), Math.Min(_last, double.MaxValue));
        }

        var value = _first + (_step * coordinate);
        var index = Math.Round(((value * factor) - _first) / _step);
        return Math.Clamp(index == coordinate ? index + Math.Sign(value * (factor - 1)) : index, 0, _count - 1);
    }

    /// <summary>A coordinate as a share of the axis's length.</summary>
    internal double ToUnit(double coordinate) => Math.Clamp((Forward(coordinate) - Low) / (High - Low), 0, 1);

    /// <summary>The coordinate of the value nearest to a share of the axis's length.</summary>
    internal double FromUnit(double u) => Backward((Low * (1 - u)) + (High * u));

    /// <summary>The coordinate at a quantile of the distribution.</summary>
    internal double Draw(double u) => _count > 0 ? _distribution.QuantileIndex(u) : _distribution.Quantile(u).AsReal;

    /// <summary>The axes of a space, by dimension.</summary>
    internal static Axis[] Of(SpaceTree tree)
    {
        var axes = new Axis[tree.Dimensions];
        foreach (var level in tree.Levels)
        {
            foreach (var choice in level.Choices)
            {
                axes[choice.Dimension] = new Axis(choice.Dimension, level.Parameter.Name, choice);
            }
        }

        return axes;
    }

    private double LatticeFrom => _scale is LogNormalScale ? Math.Max(_first - (_step / 2), 0) : _first - (_step / 2);
}
