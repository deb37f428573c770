using Sweep.Search.Spaces;

namespace Sweep.Search.Samplers.Gp;

/// <summary>The logarithm of the expected improvement, which does not vanish where the improvement itself underflows.</summary>
/// <remarks>Ament et al. (2023), "Unexpected improvements to expected improvement for Bayesian optimization", section 4.1.</remarks>
internal static class ExpectedImprovement
{
    private static readonly double RootLog = 0.5 * Math.Log(2 * Math.PI);

    /// <summary>ln E[max(best − f, 0)] for f normal.</summary>
    internal static double Log(double mean, double deviation, double best) => Math.Log(deviation) + LogH((best - mean) / deviation);

    // ln(φ(z) + z Φ(z)).
    private static double LogH(double z)
    {
        if (z > -1)
        {
            return Math.Log(Math.Exp((-0.5 * z * z) - RootLog) + (z * NormalCurve.Probability(z)));
        }

        // φ(z) (1 − t R(t)) with Mills' ratio R at t = −z; its asymptotic series far out.
        var t = -z;
        var square = 1 / (t * t);
        var rest = t < 10
            ? 1 - (t * Math.Exp(NormalTail.LogProbability(z) + (0.5 * z * z) + RootLog))
            : square * (1 - (square * (3 - (square * (15 - (square * 105))))));
        return (-0.5 * z * z) - RootLog + Math.Log(rest);
    }
}
