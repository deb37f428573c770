using MathNet.Numerics.LinearAlgebra;
using Sweep.Search.Spaces;

namespace Sweep.Search.Samplers.Cmaes;

/// <summary>The normal distribution that CMA-ES draws from, and how a generation's ranking moves it.</summary>
/// <remarks>Hansen (2016), "The CMA evolution strategy: a tutorial"; numbers of equations from there. Integers: <see cref="CmaMargin"/>.</remarks>
internal sealed class CmaState
{
    private const double Smallest = 1e-12;
    private const double LargestCondition = 1e14;

    private readonly CmaParameters _parameters;
    private readonly Vector<double> _mean;
    private readonly Vector<double> _stretch;
    private Matrix<double> _c;
    private Matrix<double> _b;
    private Vector<double> _d;
    private Vector<double> _pSigma;
    private Vector<double> _pc;
    private readonly Queue<(double Least, double Most)> _values = [];
    private int _generation;

    internal CmaState(CmaParameters parameters, double[] mean, double sigma)
    {
        _parameters = parameters;
        _mean = Vector<double>.Build.DenseOfArray(mean);
        _stretch = Vector<double>.Build.Dense(mean.Length, 1);
        _c = Matrix<double>.Build.DenseIdentity(mean.Length);
        _b = Matrix<double>.Build.DenseIdentity(mean.Length);
        _d = Vector<double>.Build.Dense(mean.Length, 1);
        _pSigma = Vector<double>.Build.Dense(mean.Length);
        _pc = Vector<double>.Build.Dense(mean.Length);
        Sigma = sigma;
    }

    /// <summary>σ.</summary>
    internal double Sigma { get; private set; }

    internal CmaParameters Parameters => _parameters;

    /// <summary>Whether nothing can come of it any more: it has shrunk to a point or a line, or the values have been the same for long.</summary>
    internal bool IsOver => IsFlat || Sigma * _d.Maximum() < Smallest || _d.Maximum() > Math.Sqrt(LargestCondition) * _d.Minimum() || !double.IsFinite(Sigma);

    // As many generations as cmaes and pycma look back: 10 + ⌈30 n/λ⌉.
    private int Memory => 10 + (int)Math.Ceiling(30.0 * _mean.Count / _parameters.Population);

    private bool IsFlat => _values.Count == Memory && _values.Max(v => v.Most) - _values.Min(v => v.Least) < Smallest;

    /// <summary>x = m + σ A B D z, A being the stretch of integers.</summary>
    internal double[] Sample(double[] z)
    {
        var y = _b * _d.PointwiseMultiply(Vector<double>.Build.Dense(z));
        return (_mean + (Sigma * _stretch.PointwiseMultiply(y))).ToArray();
    }

    /// <summary>One generation.</summary>
    /// <param name="least">The best value of the generation.</param>
    /// <param name="most">The worst; infinite when there was none.</param>
    /// <param name="ranked">λ points, the best first; a foreign one was not drawn from this distribution, and its step is cut to a usual length.</param>
    internal void Update(IReadOnlyList<(double[] X, bool IsForeign)> ranked, double least, double most)
    {
        _values.Enqueue((least, most));
        if (_values.Count > Memory)
        {
            _values.Dequeue();
        }

        var n = _mean.Count;
        _generation++;
        var inverseRoot = _b * Matrix<double>.Build.DenseOfDiagonalVector(1 / _d) * _b.Transpose();
        var steps = new Vector<double>[ranked.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = ((Vector<double>.Build.DenseOfArray(ranked[i].X) - _mean) / Sigma).PointwiseDivide(_stretch);
            if (ranked[i].IsForeign)
            {
                // Hansen (2011), "Injecting external solutions into CMA-ES", equation 4.
                var length = (inverseRoot * steps[i]).L2Norm();
                var usual = Math.Sqrt(n) + (2.0 * n / (n + 2));
                steps[i] *= length > usual ? usual / length : 1;
            }
        }

        var mean = Vector<double>.Build.Dense(n);
        for (var i = 0; i < _parameters.Mu; i++)
        {
            mean += _parameters.Weights[i] * steps[i];
        }

        (_mean + (Sigma * _stretch.PointwiseMultiply(mean))).CopyTo(_mean);
        var cs = _parameters.CSigma;
        var cc = _parameters.Cc;
        _pSigma = ((1 - cs) * _pSigma) + (Math.Sqrt(cs * (2 - cs) * _parameters.MuEff) * (inverseRoot * mean));
        var norm = _pSigma.L2Norm();
        var stalled = norm / Math.Sqrt(1 - Math.Pow(1 - cs, 2 * (_generation + 1))) >= (1.4 + (2.0 / (n + 1))) * _parameters.ChiN;
        _pc = ((1 - cc) * _pc) + ((stalled ? 0 : Math.Sqrt(cc * (2 - cc) * _parameters.MuEff)) * mean);
        Adapt(steps, inverseRoot, stalled ? cc * (2 - cc) : 0);

        // The space is a unit cube: wider steps lead nowhere.
        Sigma = Math.Min(1, Sigma * Math.Exp(cs / _parameters.DSigma * ((norm / _parameters.ChiN) - 1)));
    }

    /// <summary>Sees to it that a whole number does not get stuck on one value.</summary>
    internal void Correct(int dimension, Axis axis)
    {
        var value = axis.FromUnit(_mean[dimension]);
        (_mean[dimension], _stretch[dimension]) = CmaMargin.Correct(
            value > 0 ? axis.ToUnit(value - 0.5) : null,
            value < axis.Count - 1 ? axis.ToUnit(value + 0.5) : null,
            _mean[dimension],
            Sigma * Math.Sqrt(_c[dimension, dimension]),
            _stretch[dimension],
            1.0 / (_mean.Count * _parameters.Population));
    }

    private void Adapt(Vector<double>[] steps, Matrix<double> inverseRoot, double deltaStalled)
    {
        var n = _mean.Count;
        var sum = 0.0;
        var rankMu = Matrix<double>.Build.Dense(n, n);
        for (var i = 0; i < steps.Length; i++)
        {
            var weight = _parameters.Weights[i];
            sum += weight;
            if (weight < 0)
            {
                // Equation 46 keeps C positive definite.
                var length = (inverseRoot * steps[i]).L2Norm();
                weight *= n / ((length * length) + 1e-8);
            }

            rankMu += weight * steps[i].OuterProduct(steps[i]);
        }

        var keep = 1 + (_parameters.C1 * deltaStalled) - _parameters.C1 - (_parameters.CMu * sum);
        _c = (keep * _c) + (_parameters.C1 * _pc.OuterProduct(_pc)) + (_parameters.CMu * rankMu);
        _c = (_c + _c.Transpose()) / 2;
        var evd = _c.Evd(Symmetricity.Symmetric);
        _b = evd.EigenVectors;
        _d = evd.EigenValues.Map(value => Math.Sqrt(Math.Max(value.Real, 1e-20)));
    }
}
