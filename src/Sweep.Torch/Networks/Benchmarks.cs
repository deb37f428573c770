using Sweep.Torch.Interop;

namespace Sweep.Torch;

/// <summary>For benchmarks: what the machine could do at best.</summary>
public static class Benchmarks
{
    /// <summary>Multiplies square float32 matrices with the function that training steps use.</summary>
    public static void MultiplySquare(torch.Tensor a, torch.Tensor b, torch.Tensor result, int repetitions) =>
        Native.GemmSquare(a.Handle, b.Handle, result.Handle, repetitions);
}
