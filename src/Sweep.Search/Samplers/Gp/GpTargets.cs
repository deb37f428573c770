namespace Sweep.Search.Samplers.Gp;

/// <summary>Losses as a Gaussian process wants them: mean 0, deviation 1, no extremes.</summary>
internal static class GpTargets
{
    /// <summary>Standardises losses.</summary>
    /// <param name="losses">Not empty; NaN for a failed trial, which gets the worst value.</param>
    /// <remarks>Bad values farther than three interquartile ranges above the upper quartile are drawn in to there: one diverged loss would flatten all others.</remarks>
    internal static double[] Standardise(double[] losses)
    {
        var finite = Array.FindAll(losses, double.IsFinite);
        Array.Sort(finite);
        if (finite.Length == 0)
        {
            return new double[losses.Length];
        }

        var upper = finite[finite.Length * 3 / 4];
        var range = upper - finite[finite.Length / 4];
        var most = range > 0 ? Math.Min(finite[^1], upper + (3 * range)) : finite[^1];
        var least = finite[0];
        var scale = Math.Max(Math.Max(Math.Abs(least), Math.Abs(most)), double.Epsilon);
        var targets = Array.ConvertAll(losses, loss => (double.IsNaN(loss) ? most : Math.Clamp(loss, least, most)) / scale);
        var mean = targets.Average();
        var deviation = Math.Sqrt(targets.Average(t => (t - mean) * (t - mean)));
        return Array.ConvertAll(targets, t => deviation > 1e-12 ? (t - mean) / deviation : 0);
    }
}
