using System.Runtime.InteropServices;
using Sweep.Torch.Interop;

namespace Sweep.Torch;

/// <summary>libtorch with TorchSharp's names: code written for one reads the same for the other.</summary>
/// <remarks>Where TorchSharp falls back on the process-wide generator, a generator is asked for instead.</remarks>
public static partial class torch
{
    public static Tensor zeros(params long[] size) => full(size, 0);

    public static Tensor zeros(long[] size, ScalarType dtype) => full(size, 0, dtype);

    public static Tensor ones(params long[] size) => full(size, 1);

    public static Tensor ones(long[] size, ScalarType dtype) => full(size, 1, dtype);

    public static Tensor full(long[] size, double value, ScalarType dtype = ScalarType.Float32) => new(Native.Full(size, value, (int)dtype));

    /// <summary>start, start + step … below stop.</summary>
    public static Tensor arange(double start, double stop, double step = 1, ScalarType dtype = ScalarType.Float32) =>
        new(Native.Arange(start, stop, step, (int)dtype));

    /// <summary>Uniform in [0, 1).</summary>
    public static Tensor rand(long[] size, Generator generator, ScalarType dtype = ScalarType.Float32) =>
        new(Native.Rand(size, (int)dtype, generator.Handle));

    /// <summary>Normal with mean 0 and deviation 1.</summary>
    public static Tensor randn(long[] size, Generator generator, ScalarType dtype = ScalarType.Float32) =>
        new(Native.Randn(size, (int)dtype, generator.Handle));

    /// <summary>0 … n - 1 in random order, int64.</summary>
    public static Tensor randperm(long n, Generator generator) => new(Native.Randperm(n, generator.Handle));

    /// <summary>A copy of the elements, one-dimensional or in the shape given.</summary>
    public static Tensor tensor<T>(ReadOnlySpan<T> elements, params long[] shape)
        where T : unmanaged
    {
        var sizes = shape.Length == 0 ? [elements.Length] : shape;
        RequireCount(elements.Length, sizes);
        return new Tensor(Native.FromArray(MemoryMarshal.AsBytes(elements), sizes, (int)TypeOf<T>()));
    }

    public static Tensor tensor<T>(T[] elements, params long[] shape)
        where T : unmanaged => tensor<T>(elements.AsSpan(), shape);

    public static Tensor from_array<T>(T[] elements)
        where T : unmanaged => tensor<T>(elements.AsSpan());

    public static Tensor from_array<T>(T[,] elements)
        where T : unmanaged =>
        tensor<T>(MemoryMarshal.CreateReadOnlySpan(ref elements[0, 0], elements.Length), elements.GetLength(0), elements.GetLength(1));

    /// <summary>A tensor that looks at the memory itself: nothing is copied, and the memory is pinned until the last tensor that sees it is gone.</summary>
    /// <remarks>Writing through either is seen by the other; a shared data set is never written.</remarks>
    public static Tensor from_memory<T>(ReadOnlyMemory<T> memory, params long[] shape)
        where T : unmanaged
    {
        var sizes = shape.Length == 0 ? [memory.Length] : shape;
        RequireCount(memory.Length, sizes);
        var pinned = new PinnedMemory(memory.Pin());
        return new Tensor(Native.FromMemory(pinned.Address, sizes, (int)TypeOf<T>(), PinnedMemory.Release, pinned.Hold()));
    }

    public static Tensor cat(IReadOnlyList<Tensor> tensors, long dim = 0)
    {
        using var handles = new HandleArray(tensors);
        return new Tensor(Native.Cat(handles.Pointers, dim));
    }

    public static Tensor matmul(Tensor a, Tensor b) => a.matmul(b);

    private static void RequireCount(long count, long[] shape)
    {
        if (shape.Aggregate(1L, (product, size) => product * size) != count)
        {
            throw new TorchException($"{count} elements do not fill the shape [{string.Join(", ", shape)}]");
        }
    }
}
