namespace Sweep.Search.Samplers.Cmaes;

/// <summary>The strategy parameters of CMA-ES.</summary>
/// <remarks>Hansen (2016), "The CMA evolution strategy: a tutorial", table 1 with active updates.</remarks>
internal sealed class CmaParameters
{
    /// <summary>The default values of table 1.</summary>
    /// <param name="dimensions">n.</param>
    /// <param name="population">λ, at least 3.</param>
    internal CmaParameters(int dimensions, int population)
    {
        double n = dimensions;
        Population = population;
        Mu = population / 2;
        var weights = new double[population];
        for (var i = 0; i < population; i++)
        {
            weights[i] = Math.Log((population + 1) / 2.0) - Math.Log(i + 1);
        }

        MuEff = Effective(weights.AsSpan(0, Mu));
        var muEffMinus = Effective(weights.AsSpan(Mu));
        C1 = 2 / (((n + 1.3) * (n + 1.3)) + MuEff);
        CMu = Math.Min(1 - C1, 2 * (MuEff - 2 + (1 / MuEff)) / (((n + 2) * (n + 2)) + MuEff));
        var least = Math.Min(1 + (C1 / Math.Max(CMu, 1e-12)), Math.Min(1 + (2 * muEffMinus / (MuEff + 2)), (1 - C1 - CMu) / (n * Math.Max(CMu, 1e-12))));
        var (positive, negative) = (0.0, 0.0);
        foreach (var weight in weights)
        {
            (positive, negative) = weight >= 0 ? (positive + weight, negative) : (positive, negative - weight);
        }

        for (var i = 0; i < population; i++)
        {
            weights[i] *= weights[i] >= 0 ? 1 / positive : least / negative;
        }

        Weights = weights;
        CSigma = (MuEff + 2) / (n + MuEff + 5);
        DSigma = 1 + (2 * Math.Max(0, Math.Sqrt((MuEff - 1) / (n + 1)) - 1)) + CSigma;
        Cc = (4 + (MuEff / n)) / (n + 4 + (2 * MuEff / n));
        ChiN = Math.Sqrt(n) * (1 - (1 / (4 * n)) + (1 / (21 * n * n)));
    }

    /// <summary>λ.</summary>
    internal int Population { get; }

    /// <summary>μ.</summary>
    internal int Mu { get; }

    /// <summary>w, those of the worse half negative.</summary>
    internal double[] Weights { get; }

    internal double MuEff { get; }

    /// <summary>c₁, of the rank-one update.</summary>
    internal double C1 { get; }

    /// <summary>c_μ, of the rank-μ update.</summary>
    internal double CMu { get; }

    /// <summary>c_σ.</summary>
    internal double CSigma { get; }

    /// <summary>d_σ.</summary>
    internal double DSigma { get; }

    /// <summary>c_c.</summary>
    internal double Cc { get; }

    /// <summary>E‖N(0, I)‖.</summary>
    internal double ChiN { get; }

    /// <summary>4 + ⌊3 ln n⌋.</summary>
    internal static int DefaultPopulation(int dimensions) => 4 + (int)(3 * Math.Log(dimensions));

    private static double Effective(ReadOnlySpan<double> weights)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var weight in weights)
        {
            sum += weight;
            squares += weight * weight;
        }

        return sum * sum / squares;
    }
}
