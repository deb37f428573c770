using System.Runtime.InteropServices;

namespace Sweep.Torch;

/// <summary>A gradient beside the step before it. The gradient is the whole one, before clipping, L1 and weight decay.</summary>
/// <param name="Norm">‖g_t‖.</param>
/// <param name="Alignment">g_t · u_{t−1}, u the optimizer's step divided by its rate: θ_t = θ_{t−1} − η u_{t−1}. 0 before the first step and after one at rate 0.</param>
/// <param name="StepNorm">‖u_{t−1}‖, with the same exceptions.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GradientStatistics(double Norm, double Alignment, double StepNorm)
{
    internal static GradientStatistics Of(double gradient, double product, double change, double rate) =>
        rate > 0
            ? new(Math.Sqrt(gradient), product / rate, Math.Sqrt(change) / rate)
            : new(Math.Sqrt(gradient), 0, 0);
}
