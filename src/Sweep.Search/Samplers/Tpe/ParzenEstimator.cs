using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Search.Samplers.Tpe;

/// <summary>A density over some dimensions: one kernel for each trial of a set, and one for the prior.</summary>
/// <remarks>Bergstra et al. (2011), "Algorithms for hyper-parameter optimization", section 4; widths and weights as in Optuna 3.1.</remarks>
internal sealed class ParzenEstimator
{
    private readonly double[] _weights;
    private readonly double[] _constants;
    private readonly double[] _logs;

    /// <summary>The density of a set of trials.</summary>
    /// <param name="trials">By number, with all these dimensions active.</param>
    internal ParzenEstimator(IReadOnlyList<Axis> axes, IReadOnlyList<ObservedTrial> trials, TpeOptions spec)
    {
        var kept = TpeSets.Thin(trials.Count);
        _weights = new double[kept.Length + 1];
        var sum = spec.PriorWeight;
        for (var i = 0; i < kept.Length; i++)
        {
            _weights[i] = kept[i].Weight;
            sum += kept[i].Weight;
        }

        _weights[^1] = spec.PriorWeight;
        _constants = new double[_weights.Length];
        _logs = new double[_weights.Length];
        for (var i = 0; i < _weights.Length; i++)
        {
            _weights[i] /= sum;
            _constants[i] = Math.Log(_weights[i]);
        }

        Axes = new ParzenAxis[axes.Count];
        for (var a = 0; a < Axes.Length; a++)
        {
            var values = new double[kept.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = trials[kept[i].Index].Scaled[axes[a].Dimension];
            }

            Axes[a] = ParzenAxis.Of(axes[a], values, trials.Count, spec.Bandwidth == TpeBandwidth.Scott ? axes.Count : 0, spec.PriorWeight, spec.MagicClip);
            Axes[a].AddConstants(_constants);
        }
    }

    internal ParzenAxis[] Axes { get; }

    /// <summary>What each kernel counts for, the prior's last; their sum is 1.</summary>
    internal IReadOnlyList<double> Weights => _weights;

    /// <summary>The kernel at a quantile.</summary>
    internal int Kernel(double u)
    {
        var kernel = 0;
        for (var sum = _weights[0]; sum <= u && kernel < _weights.Length - 1; sum += _weights[kernel])
        {
            kernel++;
        }

        return kernel;
    }

    /// <summary>The logarithm of the density at a point on the axes' scales.</summary>
    internal double LogDensity(ReadOnlySpan<double> point)
    {
        _constants.CopyTo(_logs, 0);
        for (var a = 0; a < Axes.Length; a++)
        {
            Axes[a].AddLogs(point[a], _logs);
        }

        var largest = double.NegativeInfinity;
        foreach (var log in _logs)
        {
            largest = Math.Max(largest, log);
        }

        var sum = 0.0;
        foreach (var log in _logs)
        {
            // Below this a kernel is less than the last bit of the largest one.
            if (log > largest - 45)
            {
                sum += Math.Exp(log - largest);
            }
        }

        return largest + Math.Log(sum);
    }
}
