using Sweep.Search.Randomness;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Tpe;

/// <summary>Candidates for a group of dimensions, the one with the largest expected improvement first.</summary>
internal sealed class TpeCandidates
{
    private readonly Axis[] _axes;
    private readonly double[][] _points;
    private readonly int[] _order;

    internal TpeCandidates(Axis[] axes, List<ObservedTrial> good, List<ObservedTrial> bad, TpeOptions spec, long seed, int number)
    {
        _axes = axes;
        var first = axes[0].Dimension;
        var l = new ParzenEstimator(axes, Active(good, first), spec);
        var g = new ParzenEstimator(axes, Active(bad, first), spec);
        _points = new double[spec.Candidates][];
        var scores = new double[spec.Candidates];
        for (var i = 0; i < spec.Candidates; i++)
        {
            var kernel = l.Kernel(Philox.Uniform(seed, number, SamplerPurpose.TpeKernel, (first * spec.Candidates) + i));
            var point = new double[axes.Length];
            for (var a = 0; a < axes.Length; a++)
            {
                point[a] = l.Axes[a].Draw(kernel, Philox.Uniform(seed, number, SamplerPurpose.TpePlace, (axes[a].Dimension * spec.Candidates) + i));
            }

            _points[i] = point;
            scores[i] = l.LogDensity(point) - g.LogDensity(point);
        }

        _order = [.. Enumerable.Range(0, spec.Candidates).OrderByDescending(i => scores[i])];
    }

    /// <summary>The coordinate of the candidate of a rank, from 0.</summary>
    internal double Coordinate(int rank, int dimension)
    {
        var a = Array.FindIndex(_axes, axis => axis.Dimension == dimension);
        return _axes[a].Backward(_points[_order[rank]][a]);
    }

    private static List<ObservedTrial> Active(List<ObservedTrial> trials, int dimension)
    {
        var active = new List<ObservedTrial>(trials.Count);
        foreach (var trial in trials)
        {
            if (!double.IsNaN(trial.Scaled[dimension]))
            {
                active.Add(trial);
            }
        }

        return active;
    }
}
