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

    /// <summary>The block of these parameters; they are moved into one the first time.</summary>
    public static FlatParameters Of(IEnumerable<torch.Tensor> parameters)
    {
        torch.Tensor[] all = [.. parameters];
        return all is [{ Home: { } home }, ..] && home.Parameters.SequenceEqual(all) ? home : new FlatParameters(all);
    }

    public void Dispose()
    {
        Values.Dispose();
        Gradients.Dispose();
    }
}
