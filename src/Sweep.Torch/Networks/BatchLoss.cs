using System.Runtime.InteropServices;

namespace Sweep.Torch;

/// <summary>What a network says about some rows.</summary>
/// <param name="LossSum">The sum (not the mean) of the rows' losses.</param>
/// <param name="Correct">How many rows have their label's output as the largest.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BatchLoss(double LossSum, long Correct);
