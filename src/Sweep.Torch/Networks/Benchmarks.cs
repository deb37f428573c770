using Sweep.Torch.Interop;

namespace Sweep.Torch;

/// <summary>For benchmarks: what the machine could do at best, and where a step's time goes.</summary>
public static class Benchmarks
{
    /// <summary>Multiplies square float32 matrices with the function that training steps use.</summary>
    public static void MultiplySquare(torch.Tensor a, torch.Tensor b, torch.Tensor result, int repetitions) =>
        Native.GemmSquare(a.Handle, b.Handle, result.Handle, repetitions);

    /// <summary>Seconds that a compiled network has spent since it was made; null for others.</summary>
    public static (double Data, double Forward, double Backward)? Times(INetwork network)
    {
        if (network is not CompiledNetwork compiled)
        {
            return null;
        }
        var times = compiled.Times();
        return (times.Data, times.Forward, times.Backward);
    }
}
