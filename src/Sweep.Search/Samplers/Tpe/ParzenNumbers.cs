using System.Numerics;
using Sweep.Search.Spaces;

namespace Sweep.Search.Samplers.Tpe;

/// <summary>Kernels over numbers: normal distributions cut off at the axis's ends. On a lattice, the mass of the interval around each value.</summary>
internal sealed class ParzenNumbers : ParzenAxis
{
    // Optuna's factor to Scott's rule.
    private const double ScottWidth = 0.2;
    private const double Narrowest = 1e-12;

    private static readonly double RootLog = 0.5 * Math.Log(2 * Math.PI);

    private readonly Axis _axis;
    private readonly double[] _mus;
    private readonly double[] _sigmas;
    private readonly double[] _scales;
    private readonly int[] _kernelOfShape = [];
    private readonly int[] _shapeOf = [];
    private readonly double[] _masses = [];

    internal ParzenNumbers(Axis axis, double[] values, int n, int scottDimensions, bool magicClip)
    {
        _axis = axis;
        var range = axis.High - axis.Low;
        _mus = [.. values, 0.5 * (axis.Low + axis.High)];
        _sigmas = new double[_mus.Length];
        if (scottDimensions > 0)
        {
            Array.Fill(_sigmas, ScottWidth * Math.Pow(Math.Max(n, 1), -1.0 / (scottDimensions + 4)) * range);
        }
        else
        {
            Neighbours();
        }

        var least = magicClip ? range / Math.Min(100.0, 2.0 + n) : Narrowest;
        for (var i = 0; i < _sigmas.Length; i++)
        {
            _sigmas[i] = Math.Clamp(_sigmas[i], Math.Min(least, range), range);
        }

        _sigmas[^1] = range;
        _scales = [.. _sigmas.Select(sigma => Math.Sqrt(0.5) / sigma)];
        if (axis.Quantum > 0)
        {
            // Centres are values of a lattice: many kernels are the same, and their mass is needed once.
            var shapes = new Dictionary<(double, double), int>();
            _shapeOf = new int[_mus.Length];
            for (var i = 0; i < _mus.Length; i++)
            {
                shapes.TryAdd((_mus[i], _sigmas[i]), shapes.Count);
                _shapeOf[i] = shapes[(_mus[i], _sigmas[i])];
            }

            _kernelOfShape = [.. Enumerable.Range(0, shapes.Count).Select(shape => Array.IndexOf(_shapeOf, shape))];
            _masses = new double[shapes.Count];
        }
    }

    /// <summary>μ of each kernel, the prior's last.</summary>
    internal IReadOnlyList<double> Mus => _mus;

    /// <summary>σ of each kernel, the prior's last.</summary>
    internal IReadOnlyList<double> Sigmas => _sigmas;

    internal override void AddConstants(Span<double> logs)
    {
        var (sigma, width) = (0.0, 0.0);
        for (var i = 0; i < _mus.Length; i++)
        {
            if (_sigmas[i] != sigma && _axis.Quantum == 0)
            {
                (sigma, width) = (_sigmas[i], Math.Log(_sigmas[i]) + RootLog);
            }

            logs[i] -= width + NormalTail.LogMass((_axis.Low - _mus[i]) / _sigmas[i], (_axis.High - _mus[i]) / _sigmas[i]);
        }
    }

    internal override void AddLogs(double x, Span<double> logs)
    {
        if (_axis.Quantum > 0)
        {
            AddMasses(x, logs);
            return;
        }

        var wide = Vector<double>.Count;
        var place = new Vector<double>(x);
        var i = 0;
        for (; i + wide <= _mus.Length; i += wide)
        {
            var z = (place - new Vector<double>(_mus, i)) * new Vector<double>(_scales, i);
            (new Vector<double>(logs[i..]) - (z * z)).CopyTo(logs[i..]);
        }

        for (; i < _mus.Length; i++)
        {
            var z = (x - _mus[i]) * _scales[i];
            logs[i] -= z * z;
        }
    }

    internal override double Draw(int kernel, double u)
    {
        var from = NormalCurve.Probability((_axis.Low - _mus[kernel]) / _sigmas[kernel]);
        var to = NormalCurve.Probability((_axis.High - _mus[kernel]) / _sigmas[kernel]);
        var x = _mus[kernel] + (_sigmas[kernel] * NormalCurve.Quantile(from + (u * (to - from))));
        return _axis.Forward(_axis.Backward(Math.Clamp(x, _axis.Low, _axis.High)));
    }

    private void AddMasses(double x, Span<double> logs)
    {
        var low = Math.Max(x - (_axis.Quantum / 2), _axis.Low);
        var high = Math.Min(x + (_axis.Quantum / 2), _axis.High);
        for (var shape = 0; shape < _masses.Length; shape++)
        {
            _masses[shape] = Mass(_kernelOfShape[shape], low, high);
        }

        for (var i = 0; i < _mus.Length; i++)
        {
            logs[i] += _masses[_shapeOf[i]];
        }
    }

    private double Mass(int kernel, double low, double high) =>
        NormalTail.LogMass((low - _mus[kernel]) / _sigmas[kernel], (high - _mus[kernel]) / _sigmas[kernel]);

    /// <summary>The kernels by μ, those of equal μ by number.</summary>
    private int[] Order()
    {
        var order = Enumerable.Range(0, _mus.Length).ToArray();
        var sorted = (double[])_mus.Clone();
        Array.Sort(sorted, order);
        for (var from = 0; from < sorted.Length;)
        {
            // Sorting by keys alone is many times faster than by a comparison, but leaves equal ones in any order.
            var to = from + 1;
            while (to < sorted.Length && sorted[to] == sorted[from])
            {
                to++;
            }

            Array.Sort(order, from, to - from);
            from = to;
        }

        return order;
    }

    /// <summary>Each kernel as wide as the larger distance to its neighbours; the outermost to their only one.</summary>
    private void Neighbours()
    {
        var order = Order();
        for (var i = 0; i < order.Length; i++)
        {
            var own = _mus[order[i]];
            var left = own - (i > 0 ? _mus[order[i - 1]] : _axis.Low);
            var right = (i < order.Length - 1 ? _mus[order[i + 1]] : _axis.High) - own;
            _sigmas[order[i]] = order.Length == 1 ? Math.Max(left, right) : i == 0 ? right : i == order.Length - 1 ? left : Math.Max(left, right);
        }
    }
}
