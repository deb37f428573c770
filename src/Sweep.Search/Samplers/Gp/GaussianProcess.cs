using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Sweep.Search.Samplers.Gp;

/// <summary>A Gaussian process without mean, given observations.</summary>
/// <remarks>Rasmussen and Williams (2006), algorithm 2.1 and equation 5.9; the factorization is MathNet's.</remarks>
internal sealed class GaussianProcess
{
    private readonly GpKernel _kernel;
    private readonly double[][] _x;
    private readonly double[] _alpha;
    private readonly double[] _inverse;
    private readonly double[] _cross;

    // The cores belong to the trials: MathNet would spread a factorization over all of them.
    static GaussianProcess() => Control.UseSingleThread();

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
        _inverse = Inverse(factor.Factor.ToRowMajorArray(), n);
        _alpha = new double[n];
        _cross = new double[n];
        var fit = 0.0;
        for (var i = 0; i < n; i++)
        {
            _alpha[i] = Dot(_inverse.AsSpan(i * n, n), y);
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

    /// <summary>(L Lᵀ)⁻¹, row by row.</summary>
    private static double[] Inverse(double[] factor, int n)
    {
        // First L⁻¹ by forward substitution, then its transpose times itself.
        var lower = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            var row = lower.AsSpan(i * n, i + 1);
            row[i] = 1;
            for (var k = 0; k < i; k++)
            {
                AddTimes(row[..(k + 1)], -factor[(i * n) + k], lower.AsSpan(k * n, k + 1));
            }

            var pivot = factor[(i * n) + i];
            foreach (ref var value in row)
            {
                value /= pivot;
            }
        }

        var inverse = new double[n * n];
        for (var k = 0; k < n; k++)
        {
            for (var i = 0; i <= k; i++)
            {
                AddTimes(inverse.AsSpan(i * n, i + 1), lower[(k * n) + i], lower.AsSpan(k * n, i + 1));
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                inverse[(j * n) + i] = inverse[(i * n) + j];
            }
        }

        return inverse;
    }

    private static void AddTimes(Span<double> to, double factor, ReadOnlySpan<double> from)
    {
        var wideTo = MemoryMarshal.Cast<double, Vector256<double>>(to);
        var wideFrom = MemoryMarshal.Cast<double, Vector256<double>>(from);
        var times = Vector256.Create(factor);
        for (var i = 0; i < wideTo.Length; i++)
        {
            wideTo[i] += times * wideFrom[i];
        }

        for (var i = 4 * wideTo.Length; i < to.Length; i++)
        {
            to[i] += factor * from[i];
        }
    }

    // Four sums whatever the machine's registers: the same bits everywhere.
    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var wideX = MemoryMarshal.Cast<double, Vector256<double>>(x);
        var wideY = MemoryMarshal.Cast<double, Vector256<double>>(y);
        var sums = Vector256<double>.Zero;
        for (var i = 0; i < wideX.Length; i++)
        {
            sums += wideX[i] * wideY[i];
        }

        var rest = 0.0;
        for (var i = 4 * wideX.Length; i < x.Length; i++)
        {
            rest += x[i] * y[i];
        }

        return sums[0] + sums[1] + (sums[2] + sums[3]) + rest;
    }
}
