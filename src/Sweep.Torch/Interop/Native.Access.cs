using System.Runtime.InteropServices;

namespace Sweep.Torch.Interop;

internal static partial class Native
{
    public static int Rank(TensorHandle tensor)
    {
        Check(sweep_tensor_rank(tensor, out var result));
        return result;
    }

    public static void Shape(TensorHandle tensor, long[] sizes) => Check(sweep_tensor_shape(tensor, sizes));

    public static int Dtype(TensorHandle tensor)
    {
        Check(sweep_tensor_dtype(tensor, out var result));
        return result;
    }

    public static nint DataPointer(TensorHandle tensor)
    {
        Check(sweep_tensor_data_ptr(tensor, out var result));
        return result;
    }

    public static double Item(TensorHandle tensor)
    {
        Check(sweep_tensor_item(tensor, out var result));
        return result;
    }

    public static void CopyTo(TensorHandle tensor, Span<byte> data) => Check(sweep_tensor_copy_to(tensor, data, data.Length));

    public static TensorHandle To(TensorHandle tensor, int dtype)
    {
        Check(sweep_tensor_to(tensor, dtype, out var result));
        return result;
    }

    public static TensorHandle Reshape(TensorHandle tensor, long[] sizes)
    {
        Check(sweep_tensor_reshape(tensor, sizes, sizes.Length, out var result));
        return result;
    }

    public static TensorHandle View(TensorHandle tensor, long[] sizes)
    {
        Check(sweep_tensor_view(tensor, sizes, sizes.Length, out var result));
        return result;
    }

    public static TensorHandle Select(TensorHandle tensor, long dimension, long index)
    {
        Check(sweep_tensor_select(tensor, dimension, index, out var result));
        return result;
    }

    public static TensorHandle Slice(TensorHandle tensor, long dimension, long start, long stop, long step)
    {
        Check(sweep_tensor_slice(tensor, dimension, start, stop, step, out var result));
        return result;
    }

    public static TensorHandle IndexSelect(TensorHandle tensor, long dimension, TensorHandle index)
    {
        Check(sweep_tensor_index_select(tensor, dimension, index, out var result));
        return result;
    }

    public static TensorHandle Transpose(TensorHandle tensor, long first, long second)
    {
        Check(sweep_tensor_transpose(tensor, first, second, out var result));
        return result;
    }

    public static TensorHandle Contiguous(TensorHandle tensor)
    {
        Check(sweep_tensor_contiguous(tensor, out var result));
        return result;
    }

    public static TensorHandle Clone(TensorHandle tensor)
    {
        Check(sweep_tensor_clone(tensor, out var result));
        return result;
    }

    public static TensorHandle Cat(nint[] tensors, long dimension)
    {
        Check(sweep_tensor_cat(tensors, tensors.Length, dimension, out var result));
        return result;
    }

    [LibraryImport(Library)]
    private static partial int sweep_tensor_rank(TensorHandle tensor, out int result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_shape(TensorHandle tensor, [Out] long[] sizes);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_dtype(TensorHandle tensor, out int result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_data_ptr(TensorHandle tensor, out nint result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_item(TensorHandle tensor, out double result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_copy_to(TensorHandle tensor, Span<byte> data, long bytes);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_to(TensorHandle tensor, int dtype, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_reshape(TensorHandle tensor, long[] sizes, int rank, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_view(TensorHandle tensor, long[] sizes, int rank, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_select(TensorHandle tensor, long dimension, long index, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_slice(TensorHandle tensor, long dimension, long start, long stop, long step, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_index_select(TensorHandle tensor, long dimension, TensorHandle index, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_transpose(TensorHandle tensor, long first, long second, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_contiguous(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_clone(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_cat(nint[] tensors, int count, long dimension, out TensorHandle result);
}
