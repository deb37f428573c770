namespace Sweep.Search.Samplers.Gp;

/// <summary>Matérn-5/2 with a length scale for each dimension: s² (1 + √5 r + 5/3 r²) e^(−√5 r), r² = Σ d²/ℓ².</summary>
/// <remarks>Rasmussen and Williams (2006), "Gaussian processes for machine learning", equation 4.17. d of a categorical dimension is 0 or 1: one-hot, scaled.</remarks>
/// <param name="isCategorical">By dimension.</param>
/// <param name="logs">ln ℓ of each dimension, then ln s² and ln σ².</param>
internal sealed class GpKernel(bool[] isCategorical, double[] logs)
{
    private static readonly double Root5 = Math.Sqrt(5);

    private readonly double[] _inverseSquares = [.. logs.Take(isCategorical.Length).Select(log => Math.Exp(-2 * log))];

    /// <summary>s².</summary>
    internal double Signal { get; } = Math.Exp(logs[^2]);

    /// <summary>σ², of the observations' noise.</summary>
    internal double Noise { get; } = Math.Exp(logs[^1]);

    internal double Between(double[] x, double[] y)
    {
        var square = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            square += Square(x, y, i);
        }

        var r = Math.Sqrt(square) * Root5;
        return Signal * (1 + r + (r * r / 3)) * Math.Exp(-r);
    }

    /// <summary>Adds weight · ∂k/∂ ln ℓ for each dimension, and returns k.</summary>
    internal double AddGradient(double[] x, double[] y, double weight, double[] gradient)
    {
        var square = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            square += Square(x, y, i);
        }

        var r = Math.Sqrt(square) * Root5;
        var e = Signal * Math.Exp(-r);
        var slope = weight * 5 / 3 * (1 + r) * e;
        for (var i = 0; i < x.Length; i++)
        {
            gradient[i] += slope * Square(x, y, i);
        }

        return e * (1 + r + (r * r / 3));
    }

    private double Square(double[] x, double[] y, int i)
    {
        var d = x[i] - y[i];
        return isCategorical[i] ? (d == 0 ? 0 : _inverseSquares[i]) : d * d * _inverseSquares[i];
    }
}
