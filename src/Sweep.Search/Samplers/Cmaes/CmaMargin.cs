using Sweep.Search.Spaces;

namespace Sweep.Search.Samplers.Cmaes;

/// <summary>Keeps the probability of leaving an integer's present value above a margin.</summary>
/// <remarks>Hamano et al. (2022), "CMA-ES with margin": equations 8 to 17, with one-sided probabilities written as normal quantiles.</remarks>
internal static class CmaMargin
{
    /// <summary>The mean and the stretch, corrected.</summary>
    /// <param name="low">Where the value that the mean stands for begins; null for the lowest value.</param>
    /// <param name="high">Where it ends; null for the highest value.</param>
    /// <param name="deviation">σ √C_jj.</param>
    /// <param name="stretch">A_jj.</param>
    /// <param name="alpha">α = 1/(n λ).</param>
    internal static (double Mean, double Stretch) Correct(double? low, double? high, double mean, double deviation, double stretch, double alpha)
    {
        var scale = deviation * stretch;
        if (low is not { } from || high is not { } to)
        {
            // The outermost value: as near to its only threshold as it takes.
            var reach = scale * NormalCurve.Quantile(1 - alpha);
            return (low is null ? Math.Max(mean, high!.Value - reach) : Math.Min(mean, low.Value + reach), stretch);
        }

        var below = NormalCurve.Probability((from - mean) / scale);
        var beyond = NormalCurve.Probability((mean - to) / scale);
        if (Math.Min(below, beyond) >= alpha / 2)
        {
            return (mean, stretch);
        }

        var inside = 1 - below - beyond;
        below = Math.Max(below, alpha / 2);
        beyond = Math.Max(beyond, alpha / 2);
        var excess = 1 - below - beyond - inside;
        var room = below + inside + beyond - (3 * alpha / 2);
        below = Math.Clamp(below + (excess * (below - (alpha / 2)) / room), 1e-10, 0.5 - 1e-10);
        beyond = Math.Clamp(beyond + (excess * (beyond - (alpha / 2)) / room), 1e-10, 0.5 - 1e-10);
        var toLow = -NormalCurve.Quantile(below);
        var toHigh = -NormalCurve.Quantile(beyond);
        return (((from * toHigh) + (to * toLow)) / (toLow + toHigh), (to - from) / ((toLow + toHigh) * deviation));
    }
}
