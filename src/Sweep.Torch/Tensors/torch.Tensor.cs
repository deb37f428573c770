using System.Runtime.InteropServices;
using Sweep.Torch.Interop;

namespace Sweep.Torch;

public static partial class torch
{
    /// <summary>An n-dimensional array in libtorch's memory, with gradient recording. Freed by Dispose or by the scope it was made in.</summary>
    public sealed partial class Tensor : IDisposable
    {
        internal Tensor(TensorHandle handle)
        {
            Handle = handle;
            DisposeScope.Register(this);
        }

        /// <summary>The sizes of its dimensions; empty for a single number.</summary>
        public long[] shape
        {
            get
            {
                var sizes = new long[Native.Rank(Handle)];
                Native.Shape(Handle, sizes);
                return sizes;
            }
        }

        public ScalarType dtype => (ScalarType)Native.Dtype(Handle);

        /// <summary>The number of dimensions.</summary>
        public int dim() => Native.Rank(Handle);

        /// <summary>The number of elements.</summary>
        public long numel() => shape.Aggregate(1L, (product, size) => product * size);

        internal TensorHandle Handle { get; }

        internal DisposeScope? Scope { get; set; }

        /// <summary>The block that this parameter was moved into, if it was.</summary>
        internal FlatParameters? Home { get; set; }

        /// <summary>The single element, as T.</summary>
        /// <exception cref="TorchException">There is not exactly one element.</exception>
        public T item<T>()
            where T : unmanaged, System.Numerics.INumberBase<T> => T.CreateChecked(Native.Item(Handle));

        /// <summary>A copy of the elements in row-major order.</summary>
        /// <exception cref="TorchException">T is not the tensor's element type.</exception>
        public T[] data<T>()
            where T : unmanaged
        {
            if (TypeOf<T>() != dtype)
            {
                throw new TorchException($"the tensor's elements are {dtype}, not {TypeOf<T>()}");
            }
            var elements = new T[numel()];
            Native.CopyTo(Handle, MemoryMarshal.AsBytes(elements.AsSpan()));
            return elements;
        }

        /// <summary>Moves the tensor to the scope around the one it belongs to (or to none, at the outermost).</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            Scope?.MoveToOuter(this);
            return this;
        }

        /// <summary>No scope frees the tensor any more: its owner disposes it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            Scope?.Detach(this);
            return this;
        }

        public void Dispose()
        {
            Scope?.Detach(this);
            Handle.Dispose();
        }

        public override string ToString() => Handle.IsClosed ? "[disposed]" : $"[{string.Join(", ", shape)}] {dtype}";
    }
}
