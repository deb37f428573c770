using Sweep.Search.Spaces;

namespace Sweep.Search.Samplers.Tpe;

/// <summary>One dimension of a <see cref="ParzenEstimator"/>: a kernel for each trial, and the prior's last.</summary>
internal abstract class ParzenAxis
{
    /// <summary>The logarithm of each kernel's constant factor, added to what is there.</summary>
    internal virtual void AddConstants(Span<double> logs)
    {
    }

    /// <summary>The logarithm of each kernel's density at a point, constant factors left out, added to what is there.</summary>
    internal abstract void AddLogs(double x, Span<double> logs);

    /// <summary>A number drawn from a kernel.</summary>
    /// <param name="u">In [0, 1).</param>
    internal abstract double Draw(int kernel, double u);

    /// <summary>The dimension of a density over some trials.</summary>
    /// <param name="values">The trials' places on the axis's scale.</param>
    /// <param name="n">How many trials those stand for.</param>
    /// <param name="scottDimensions">How many dimensions are modelled together, for widths by Scott's rule; 0 for widths by neighbours.</param>
    internal static ParzenAxis Of(Axis axis, double[] values, int n, int scottDimensions, double priorWeight, bool magicClip) =>
        axis.Kind == AxisKind.Categorical
            ? new ParzenCategories(axis, values, n, priorWeight)
            : new ParzenNumbers(axis, values, n, scottDimensions, magicClip);
}
