using System.Runtime.InteropServices;

namespace Sweep.Torch;

/// <summary>What a network says about some rows. Laid out as native/kernels.h has it.</summary>
/// <param name="LossSum">The sum (not the mean) of the rows' losses.</param>
/// <param name="Correct">How many rows have their label's output as the largest.</param>
/// <param name="Top5">How many have it among the five largest; counted when evaluating, 0 otherwise.</param>
/// <param name="Absolute">The sum of |output − target| where rows have numbers to predict; 0 where they have labels.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct BatchLoss(double LossSum, long Correct, long Top5 = 0, double Absolute = 0)
{
    public static BatchLoss operator +(BatchLoss a, BatchLoss b) => a.Add(b);

    public BatchLoss Add(BatchLoss other) => new(LossSum + other.LossSum, Correct + other.Correct, Top5 + other.Top5, Absolute + other.Absolute);
}
