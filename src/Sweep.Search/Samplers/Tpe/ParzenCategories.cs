using Sweep.Search.Spaces;

namespace Sweep.Search.Samplers.Tpe;

/// <summary>Kernels over values without an order: a trial's own value counts 1 + v, each other v = prior weight / (n + 1).</summary>
/// <remarks>Where the sweep file gives probabilities, v is shared out by them.</remarks>
internal sealed class ParzenCategories : ParzenAxis
{
    private readonly int[] _own;
    private readonly double[] _others;
    private readonly double[] _othersLog;
    private readonly double[] _ownLog;
    private readonly double[] _priorLog;
    private readonly double[] _prior;
    private readonly double _total;

    internal ParzenCategories(Axis axis, double[] values, int n, double priorWeight)
    {
        _own = [.. values.Select(value => (int)value)];
        _prior = axis.Probabilities;
        var shared = priorWeight * _prior.Length / (n + 1);
        _total = 1 + shared;
        _others = [.. _prior.Select(p => p * shared)];
        _othersLog = [.. _others.Select(v => Math.Log(v / _total))];
        _ownLog = [.. _others.Select(v => Math.Log((1 + v) / _total))];
        _priorLog = [.. _prior.Select(p => Math.Log(p))];
    }

    /// <summary>The probability of a value under a kernel.</summary>
    internal double Probability(int kernel, int value) =>
        kernel == _own.Length ? _prior[value] : (_others[value] + (_own[kernel] == value ? 1 : 0)) / _total;

    internal override void AddLogs(double x, Span<double> logs)
    {
        var value = (int)x;
        for (var i = 0; i < _own.Length; i++)
        {
            logs[i] += _own[i] == value ? _ownLog[value] : _othersLog[value];
        }

        logs[^1] += _priorLog[value];
    }

    internal override double Draw(int kernel, double u)
    {
        var value = 0;
        for (var sum = Probability(kernel, 0); sum <= u && value < _prior.Length - 1; sum += Probability(kernel, value))
        {
            value++;
        }

        return value;
    }
}
