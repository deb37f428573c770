using System.Runtime.InteropServices;
using Sweep.Torch.Interop;

namespace Sweep.Torch;

/// <summary>A network's parameters in one block of memory and their gradients in a second, each tensor starting on a cache line.</summary>
/// <remarks>The parameters stay usable as they are: they become views. So one pass over memory reaches them all.</remarks>
public sealed class FlatParameters : IDisposable
{
    private FlatParameters(IReadOnlyList<torch.Tensor> parameters)
    {
        var offsets = new long[parameters.Count];
        using var handles = new HandleArray(parameters);
        var (values, gradients) = Native.Flatten(handles.Pointers, offsets);
        Values = new torch.Tensor(values).DetachFromDisposeScope();
        Gradients = new torch.Tensor(gradients).DetachFromDisposeScope();
        Parameters = parameters;
        Offsets = offsets;
        foreach (var parameter in parameters)
        {
            parameter.Home = this;
        }
    }

    /// <summary>All parameters, one-dimensional, with zeros in the gaps.</summary>
    public torch.Tensor Values { get; }

    /// <summary>Their gradients in the same places; 0 until a gradient is computed.</summary>
    public torch.Tensor Gradients { get; }

    public IReadOnlyList<torch.Tensor> Parameters { get; }

    /// <summary>Where each parameter starts, in elements.</summary>
    public IReadOnlyList<long> Offsets { get; }

    /// <summary>The copy on another device that a network computes with, if there is one; freed with this.</summary>
    internal DeviceMirror? Mirror { get; set; }

    /// <summary>The block of these parameters; they are moved into one the first time.</summary>
    public static FlatParameters Of(IEnumerable<torch.Tensor> parameters)
    {
        torch.Tensor[] all = [.. parameters];
        return all is [{ Home: { } home }, ..] && home.Parameters.SequenceEqual(all) ? home : new FlatParameters(all);
    }

    /// <summary>A copy of all values as bytes, gaps included.</summary>
    public byte[] Save()
    {
        var bytes = new byte[Values.numel() * (Values.dtype == torch.float64 ? sizeof(double) : sizeof(float))];
        Native.CopyTo(Values.Handle, bytes);
        return bytes;
    }

    /// <summary>Takes over values that <see cref="Save"/> gave.</summary>
    /// <exception cref="TorchException">They are of another size: another network's.</exception>
    public void Load(byte[] values)
    {
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        var elements = Values.dtype == torch.float64
            ? torch.tensor(MemoryMarshal.Cast<byte, double>(values))
            : torch.tensor(MemoryMarshal.Cast<byte, float>(values));
        Values.copy_(elements.view(Values.numel()));
    }

    public void Dispose()
    {
        Mirror?.Dispose();
        Values.Dispose();
        Gradients.Dispose();
    }
}
