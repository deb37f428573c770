using Sweep.Search.Spaces;

namespace Sweep.Training.Schedules.Curves;

/// <summary>η_{n+1} = η_n / (1 + δ n), n = ⌊t / every⌋: the recursive form of <c>inverse_time</c>.</summary>
/// <remarks>
/// Its closed form, η0 δ^-n Γ(1/δ) / Γ(n + 1/δ), loses digits, so every 128th term is kept and the few after it are
/// divided out: each rate has the bits that the recursion itself would give.
/// </remarks>
internal sealed class RecursiveInverseTimeCurve : Curve
{
    private const int Stride = 128;
    private readonly double[] _terms;
    private readonly double _decay;
    private readonly Rational _every;
    private readonly CurveSpan _span;

    public RecursiveInverseTimeCurve(CurveSpan span, double decay, Rational every)
    {
        (_span, _decay, _every) = (span, decay, every);
        var terms = new List<double> { span.LearningRate };
        var last = span.Periods(span.EndStep, every);
        var rate = span.LearningRate;
        for (var n = 0L; n < last && rate > 0; n++)
        {
            rate /= 1 + (decay * n);
            if ((n + 1) % Stride == 0)
            {
                terms.Add(rate);
            }
        }

        _terms = [.. terms];
    }

    public override double At(long step)
    {
        var n = _span.Periods(step, _every);

        // Past the last term kept the recursion had reached zero.
        if (n / Stride >= _terms.Length)
        {
            return 0;
        }

        var rate = _terms[n / Stride];
        for (var k = n - (n % Stride); k < n; k++)
        {
            rate /= 1 + (_decay * k);
        }

        return rate;
    }
}
