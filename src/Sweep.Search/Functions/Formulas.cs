namespace Sweep.Search.Functions;

/// <summary>Test functions in closed form.</summary>
/// <remarks>As in Surjanovic and Bingham, "Virtual Library of Simulation Experiments", and for the ellipsoid Hansen's tutorial.</remarks>
internal static class Formulas
{
    private static ReadOnlySpan<double> HartmannA =>
    [
        10, 3, 17, 3.5, 1.7, 8, 0.05, 10, 17, 0.1, 8, 14, 3, 3.5, 1.7, 10, 17, 8, 17, 8, 0.05, 10, 0.1, 14,
    ];

    private static ReadOnlySpan<double> HartmannP =>
    [
        0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886, 0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991,
        0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650, 0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381,
    ];

    private static ReadOnlySpan<double> HartmannAlpha => [1, 1.2, 3, 3.2];

    /// <summary>Σ xᵢ²; 0 at the origin.</summary>
    internal static double Sphere(double[] x)
    {
        var sum = 0.0;
        foreach (var v in x)
        {
            sum += v * v;
        }

        return sum;
    }

    /// <summary>Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)²; 0 at (1, …, 1).</summary>
    internal static double Rosenbrock(double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i + 1 < x.Length; i++)
        {
            var a = x[i + 1] - (x[i] * x[i]);
            var b = 1 - x[i];
            sum += (100 * a * a) + (b * b);
        }

        return sum;
    }

    /// <summary>Σ 10^(6 i/(n − 1)) xᵢ²; 0 at the origin.</summary>
    internal static double Ellipsoid(double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            sum += Math.Pow(10, x.Length > 1 ? 6.0 * i / (x.Length - 1) : 0) * x[i] * x[i];
        }

        return sum;
    }

    /// <summary>0 at the origin, with many local minima around it.</summary>
    internal static double Ackley(double[] x)
    {
        var cosines = 0.0;
        foreach (var v in x)
        {
            cosines += Math.Cos(2 * Math.PI * v);
        }

        return (-20 * Math.Exp(-0.2 * Math.Sqrt(Sphere(x) / x.Length))) - Math.Exp(cosines / x.Length) + 20 + Math.E;
    }

    /// <summary>5/(4π) at (−π, 12.275), (π, 2.275) and (3π, 2.475).</summary>
    internal static double Branin(double[] x)
    {
        var a = x[1] - (5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0]) + (5 / Math.PI * x[0]) - 6;
        return (a * a) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x[0])) + 10;
    }

    /// <summary>About −3.32237 at (0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573).</summary>
    internal static double Hartmann6(double[] x)
    {
        var sum = 0.0;
        for (var i = 0; i < 4; i++)
        {
            var inner = 0.0;
            for (var j = 0; j < 6; j++)
            {
                var d = x[j] - HartmannP[(6 * i) + j];
                inner += HartmannA[(6 * i) + j] * d * d;
            }

            sum -= HartmannAlpha[i] * Math.Exp(-inner);
        }

        return sum;
    }
}
