using System.Globalization;

namespace Sweep.Bench.Divergence;

/// <summary>Stopped or not, by the skill that a trial reaches when it is trained to its end.</summary>
internal sealed class Tally
{
    private const double GoodSkill = 0.9;
    private const double FailedSkill = 0.1;

    private readonly int[] _stopped = new int[3];
    private readonly int[] _all = new int[3];
    private double _epochs;
    private double _nonFiniteEpochs;
    private int _sweeps;
    private int _sameWinner;

    public int Good => _all[0];

    public int GoodStopped => _stopped[0];

    public double MiddleStoppedShare => _all[1] == 0 ? 0 : (double)_stopped[1] / _all[1];

    public bool SameWinners => _sameWinner == _sweeps;

    /// <summary>The upper end of the one-sided 95 % Clopper-Pearson interval of the share of good trials that are stopped.</summary>
    public double FalseStopsLimit => UpperLimit(_stopped[0], _all[0]);

    /// <summary>Epochs saved, as a share of those that stopping at numbers that are not finite trains.</summary>
    public double Saved => 1 - (_epochs / _nonFiniteEpochs);

    /// <summary>Adds all trials of one task and seed.</summary>
    public void Add(Trace[] traces, ShadowRule rule)
    {
        var best = traces.Where(trace => double.IsFinite(trace.Value)).MaxBy(trace => trace.Value)!;
        var survivors = new List<Trace>();
        foreach (var trace in traces)
        {
            var stop = rule(trace);
            var skill = (trace.Value - trace.ValidationConstant) / (best.Value - trace.ValidationConstant);
            var group = skill >= GoodSkill ? 0 : skill >= FailedSkill ? 1 : 2;
            _all[group]++;
            _stopped[group] += stop is null ? 0 : 1;
            _epochs += EpochsOf(stop, trace);
            _nonFiniteEpochs += EpochsOf(Rules.NonFinite(trace), trace);
            if (stop is null)
            {
                survivors.Add(trace);
            }
        }

        _sweeps++;
        _sameWinner += survivors.MaxBy(trace => trace.Value) == best ? 1 : 0;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_stopped[0]} of {_all[0]} | {_stopped[1]} of {_all[1]} | {_stopped[2]} of {_all[2]} | {100 * FalseStopsLimit:0.00} % | {100 * Saved:0.0} % | {_sameWinner} of {_sweeps}");

    private static double EpochsOf(long? stop, Trace trace) => stop is { } step ? (step + 1.0) / trace.StepsPerEpoch : trace.Epochs;

    // The p at which at most k of n has a probability of 5 %, by bisection.
    private static double UpperLimit(int k, int n)
    {
        if (n == 0 || k == n)
        {
            return 1;
        }

        double low = 0, high = 1;
        for (var i = 0; i < 60; i++)
        {
            var p = (low + high) / 2;
            (low, high) = AtMost(k, n, p) > 0.05 ? (p, high) : (low, p);
        }

        return high;
    }

    private static double AtMost(int k, int n, double p)
    {
        double term = Math.Exp(n * Math.Log(1 - p)), sum = term;
        for (var i = 1; i <= k; i++)
        {
            term *= (n - i + 1) / (double)i * (p / (1 - p));
            sum += term;
        }

        return sum;
    }
}
