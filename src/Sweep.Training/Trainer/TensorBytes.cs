using System.Runtime.InteropServices;
using Sweep.Torch;

namespace Sweep.Training;

/// <summary>Tensors of float32 as the bytes of a checkpoint.</summary>
internal static class TensorBytes
{
    public static int Count(torch.Tensor tensor) => (int)tensor.numel() * sizeof(float);

    public static byte[] Of(torch.Tensor tensor) => MemoryMarshal.AsBytes(tensor.data<float>().AsSpan()).ToArray();

    public static void Load(torch.Tensor tensor, ReadOnlySpan<byte> bytes)
    {
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        tensor.copy_(torch.tensor(MemoryMarshal.Cast<byte, float>(bytes), tensor.shape));
    }
}
