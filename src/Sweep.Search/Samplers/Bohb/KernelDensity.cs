using Sweep.Search.Spaces;

namespace Sweep.Search.Samplers.Bohb;

/// <summary>A product kernel density: normal for numbers, Aitchison and Aitken's for choices.</summary>
/// <remarks>As statsmodels' KDEMultivariate with <c>normal_reference</c>: bandwidth 1.06 σ n^(−1/(d + 4)), here not below a minimum.</remarks>
internal sealed class KernelDensity
{
    private readonly Axis[] _axes;
    private readonly double[][] _points;
    private readonly double _factor;

    /// <summary>The density of some points.</summary>
    /// <param name="points">By axis: a share of the range, or the index of a value.</param>
    internal KernelDensity(Axis[] axes, double[][] points, double minBandwidth)
    {
        _axes = axes;
        _points = points;
        Bandwidths = new double[axes.Length];
        _factor = 1.0 / points.Length;
        for (var a = 0; a < axes.Length; a++)
        {
            var axis = a;
            var mean = points.Average(p => p[axis]);
            var deviation = Math.Sqrt(points.Average(p => (p[axis] - mean) * (p[axis] - mean)));
            Bandwidths[a] = Math.Max(minBandwidth, 1.06 * deviation * Math.Pow(points.Length, -1.0 / (axes.Length + 4)));
            if (axes[a].Kind == AxisKind.Categorical)
            {
                // Above this the kernel would favour the other values.
                Bandwidths[a] = Math.Min(Bandwidths[a], (axes[a].Count - 1.0) / axes[a].Count);
            }
            else
            {
                _factor /= Bandwidths[a] * Math.Sqrt(2 * Math.PI);
            }
        }
    }

    internal double[] Bandwidths { get; }

    internal IReadOnlyList<double[]> Points => _points;

    internal double At(double[] x)
    {
        var sum = 0.0;
        foreach (var point in _points)
        {
            var (square, weight) = (0.0, 1.0);
            for (var a = 0; a < x.Length; a++)
            {
                if (_axes[a].Kind == AxisKind.Categorical)
                {
                    weight *= x[a] == point[a] ? 1 - Bandwidths[a] : Bandwidths[a] / (_axes[a].Count - 1);
                }
                else
                {
                    var z = (x[a] - point[a]) / Bandwidths[a];
                    square += z * z;
                }
            }

            sum += weight * Math.Exp(-0.5 * square);
        }

        return sum * _factor;
    }
}
