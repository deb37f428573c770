using Sweep.Torch.Interop;

namespace Sweep.Torch;

public static partial class torch
{
    public sealed partial class Tensor
    {
        /// <summary>A view of one index of the first dimension; negative counts from the end.</summary>
        public Tensor this[long index] => select(0, index);

        /// <summary>A view of a range of the first dimension.</summary>
        public Tensor this[Range range]
        {
            get
            {
                var (offset, length) = range.GetOffsetAndLength(checked((int)shape[0]));
                return slice(0, offset, offset + length, 1);
            }
        }

        /// <summary>The rows that index (int64, one-dimensional) names, copied.</summary>
        public Tensor this[Tensor index] => index_select(0, index);

        public Tensor select(long dim, long index) => new(Native.Select(Handle, dim, index));

        public Tensor slice(long dim, long start, long finish, long step) => new(Native.Slice(Handle, dim, start, finish, step));

        public Tensor index_select(long dim, Tensor index) => new(Native.IndexSelect(Handle, dim, index.Handle));

        public Tensor view(params long[] shape) => new(Native.View(Handle, shape));

        public Tensor reshape(params long[] shape) => new(Native.Reshape(Handle, shape));

        /// <summary>A view of a matrix with rows and columns exchanged.</summary>
        public Tensor t() => transpose(0, 1);

        public Tensor transpose(long dim0, long dim1) => new(Native.Transpose(Handle, dim0, dim1));

        public Tensor contiguous() => new(Native.Contiguous(Handle));

        public Tensor clone() => new(Native.Clone(Handle));

        public Tensor to(ScalarType type) => new(Native.To(Handle, (int)type));

        /// <summary>On a device: cpu, cuda, cuda:1.</summary>
        public Tensor to(string device) => new(Native.ToDevice(Handle, device));

        public Tensor to_type(ScalarType type) => to(type);
    }
}
