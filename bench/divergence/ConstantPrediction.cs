using System.Runtime.InteropServices;

namespace Sweep.Bench.Divergence;

/// <summary>What the best prediction that ignores its input reaches on some rows.</summary>
/// <param name="Loss">Its mean cross-entropy, or the variance of numbers.</param>
/// <param name="Accuracy">The share of the largest class; 1 where numbers are predicted, which have no accuracy.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ConstantPrediction(double Loss, double Accuracy)
{
    public static ConstantPrediction OfClasses(ReadOnlySpan<long> labels, int classes)
    {
        var counts = new long[classes];
        foreach (var label in labels)
        {
            counts[label]++;
        }

        var rows = (double)labels.Length;
        return new ConstantPrediction(counts.Sum(count => count > 0 ? -count / rows * Math.Log(count / rows) : 0), counts.Max() / rows);
    }

    public static ConstantPrediction OfNumbers(ReadOnlySpan<double> targets)
    {
        double sum = 0, squares = 0;
        foreach (var target in targets)
        {
            sum += target;
        }

        var mean = sum / targets.Length;
        foreach (var target in targets)
        {
            squares += (target - mean) * (target - mean);
        }

        return new ConstantPrediction(squares / targets.Length, 1);
    }
}
