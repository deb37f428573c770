namespace Sweep.Search.Samplers.Gp;

/// <summary>Finds a kernel's hyperparameters: the largest posterior density, from several starts by Rprop.</summary>
/// <remarks>
/// Blum and Riedmiller (2013), "Optimization of Gaussian process hyperparameters using Rprop". Priors, on logarithms: ℓ about 0.5 √d with
/// deviation 1, s² about 1 with deviation 1, σ² about 0.001 with deviation 2 (targets are standardised, dimensions have length 1).
/// </remarks>
internal static class GpFit
{
    private const int Iterations = 40;
    private const double Grow = 1.2;
    private const double Shrink = 0.5;

    private static readonly (double Length, double Noise)[] Starts = [(0.5, 1e-3), (0.15, 1e-2)];

    /// <summary>ln ℓ of each dimension, ln s², ln σ².</summary>
    internal static double[] Fit(bool[] isCategorical, double[][] x, double[] y)
    {
        var best = double.NegativeInfinity;
        double[] found = [];
        foreach (var (length, noise) in Starts)
        {
            var (logs, density) = Climb(isCategorical, x, y, length, noise);
            if (found.Length == 0 || density > best)
            {
                (found, best) = (logs, density);
            }
        }

        return found;
    }

    /// <summary>ln p(θ) and its gradient, added to that of the likelihood.</summary>
    internal static double AddPrior(double[] logs, double[] gradient)
    {
        var dimensions = logs.Length - 2;
        var sum = 0.0;
        for (var i = 0; i < logs.Length; i++)
        {
            var (mean, deviation) = i < dimensions ? (Math.Log(0.5 * Math.Sqrt(dimensions)), 1.0) : i == dimensions ? (0, 1) : (Math.Log(1e-3), 2);
            var z = (logs[i] - mean) / deviation;
            sum -= 0.5 * z * z;
            gradient[i] -= z / deviation;
        }

        return sum;
    }

    private static (double[] Logs, double Density) Climb(bool[] isCategorical, double[][] x, double[] y, double length, double noise)
    {
        var dimensions = isCategorical.Length;
        var logs = new double[dimensions + 2];
        Array.Fill(logs, Math.Log(length * Math.Sqrt(Math.Max(dimensions, 1))));
        logs[^2] = 0;
        logs[^1] = Math.Log(noise);
        var steps = new double[logs.Length];
        Array.Fill(steps, 0.2);
        var before = new double[logs.Length];
        var best = logs;
        var most = double.NegativeInfinity;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var process = new GaussianProcess(new GpKernel(isCategorical, logs), x, y);
            var gradient = process.Gradient();
            var density = process.LogLikelihood + AddPrior(logs, gradient);
            if (density > most)
            {
                (best, most) = (logs, density);
            }

            logs = (double[])logs.Clone();
            for (var i = 0; i < logs.Length; i++)
            {
                var turn = gradient[i] * before[i];
                steps[i] = Math.Clamp(steps[i] * (turn > 0 ? Grow : turn < 0 ? Shrink : 1), 1e-4, 0.5);
                before[i] = turn < 0 ? 0 : gradient[i];
                var (low, high) = i < dimensions ? (-5.0, 4.0) : i == dimensions ? (-3.0, 4.0) : (Math.Log(1e-6), 0.0);
                logs[i] = Math.Clamp(logs[i] + (Math.Sign(before[i]) * steps[i]), low, high);
            }
        }

        return (best, most);
    }
}
