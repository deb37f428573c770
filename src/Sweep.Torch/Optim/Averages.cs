using Sweep.Torch.Interop;

namespace Sweep.Torch;

/// <summary>What is done to weights after a step, in one pass over memory each. All tensors are float32 and contiguous.</summary>
public static class Averages
{
    /// <summary>average ← decay · average + (1 − decay) · values.</summary>
    public static void Into(torch.Tensor average, torch.Tensor values, double decay) => Native.AverageInto(average.Handle, values.Handle, decay);

    /// <summary>Scales every row (the incoming weights of a unit) whose norm is above the limit down to it.</summary>
    public static void ClipRows(torch.Tensor weight, double limit) => Native.ClipRows(weight.Handle, limit);
}
