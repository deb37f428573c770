using MathNet.Numerics.LinearAlgebra;

namespace Sweep.Grains.Search.Samplers.Gp;

/// <summary>A Gaussian process without mean, given observations.</summary>
/// <remarks>Rasmussen and Williams (2006), algorithm 2.1 and equation 5.9; the factorization is MathNet's.</remarks>
internal sealed class GaussianProcess
{
    private readonly GpKernel _kernel;
    private readonly double[][] _x;
    private readonly double[] _alpha;
    private readonly double[] _inverse;
    private readonly double[] _cross;

    internal GaussianProcess(GpKernel kernel, double[][] x, double[] y)
    {
        _kernel = kernel;
        _x = x;
        var n = x.Length;
        var k = Matrix<double>.Build.Dense(n, n);
        for (var i = 0; i < n; i++)
        {
            k[i, i] = kernel.Signal + kernel.Noise;
            for (var j = 0; j < i; j++)
            {
                k[i, j] = k[j, i] = kernel.Between(x[i], x[j]);
            }
        }

        var factor = k.Cholesky();
        _inverse = factor.Solve(Matrix<double>.Build.DenseIdentity(n)).ToColumnMajorArray();
        _alpha = factor.Solve(Vector<double>.Build.DenseOfArray(y)).ToArray();
        _cross = new double[n];
        var fit = 0.0;
        for (var i = 0; i < n; i++)
        {
            fit += y[i] * _alpha[i];
        }

        LogLikelihood = (-0.5 * fit) - (0.5 * factor.DeterminantLn) - (0.5 * n * Math.Log(2 * Math.PI));
    }

    /// <summary>ln p(y | x, θ).</summary>
    internal double LogLikelihood { get; }

    /// <summary>∂ ln p / ∂θ, in the order of the kernel's logarithms.</summary>
    internal double[] Gradient()
    {
        var n = _x.Length;
        var dimensions = _x[0].Length;
        var gradient = new double[dimensions + 2];
        for (var i = 0; i < n; i++)
        {
            // Half the trace of (αα' − K⁻¹) ∂K/∂θ; what is off the diagonal counts twice.
            var diagonal = (_alpha[i] * _alpha[i]) - _inverse[(i * n) + i];
            gradient[dimensions] += 0.5 * diagonal * _kernel.Signal;
            gradient[dimensions + 1] += 0.5 * diagonal * _kernel.Noise;
            for (var j = 0; j < i; j++)
            {
                var weight = (_alpha[i] * _alpha[j]) - _inverse[(i * n) + j];
                gradient[dimensions] += weight * _kernel.AddGradient(_x[i], _x[j], weight, gradient);
            }
        }

        return gradient;
    }

    /// <summary>Mean and deviation of the function at a point.</summary>
    internal (double Mean, double Deviation) Predict(double[] x)
    {
        var n = _x.Length;
        var mean = 0.0;
        for (var i = 0; i < n; i++)
        {
            _cross[i] = _kernel.Between(x, _x[i]);
            mean += _cross[i] * _alpha[i];
        }

        var explained = 0.0;
        for (var i = 0; i < n; i++)
        {
            explained += _cross[i] * Dot(_inverse.AsSpan(i * n, n), _cross);
        }

        return (mean, Math.Sqrt(Math.Max(_kernel.Signal - explained, 1e-12 * _kernel.Signal)));
    }

    // Four sums whatever the machine's registers: the same bits everywhere.
    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0);
        var i = 0;
        for (; i + 4 <= x.Length; i += 4)
        {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }

        for (; i < x.Length; i++)
        {
            a += x[i] * y[i];
        }

        return a + b + (c + d);
    }
}
