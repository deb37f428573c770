using System.Runtime.InteropServices;

namespace Sweep.Torch.Interop;

internal static partial class Native
{
    public static TensorHandle Binary(BinaryOperation operation, TensorHandle a, TensorHandle b)
    {
        Check(sweep_tensor_binary(operation, a, b, out var result));
        return result;
    }

    public static TensorHandle Binary(BinaryOperation operation, TensorHandle a, double b)
    {
        Check(sweep_tensor_binary_scalar(operation, a, b, out var result));
        return result;
    }

    public static TensorHandle Unary(UnaryOperation operation, TensorHandle a)
    {
        Check(sweep_tensor_unary(operation, a, out var result));
        return result;
    }

    public static TensorHandle Sum(TensorHandle a, long dimension, bool keep)
    {
        Check(sweep_tensor_sum_dim(a, dimension, keep, out var result));
        return result;
    }

    public static TensorHandle Mean(TensorHandle a, long dimension, bool keep)
    {
        Check(sweep_tensor_mean_dim(a, dimension, keep, out var result));
        return result;
    }

    public static TensorHandle ArgMax(TensorHandle a, long dimension)
    {
        Check(sweep_tensor_argmax(a, dimension, out var result));
        return result;
    }

    public static TensorHandle Softmax(TensorHandle a, long dimension)
    {
        Check(sweep_tensor_softmax(a, dimension, out var result));
        return result;
    }

    public static TensorHandle Linear(TensorHandle input, TensorHandle weight, TensorHandle? bias)
    {
        Check(sweep_tensor_linear(input, weight, bias?.DangerousGetHandle() ?? 0, out var result));
        return result;
    }

    public static TensorHandle CrossEntropy(TensorHandle input, TensorHandle target, long reduction, double smoothing)
    {
        Check(sweep_tensor_cross_entropy(input, target, reduction, smoothing, out var result));
        return result;
    }

    public static TensorHandle MseLoss(TensorHandle input, TensorHandle target, long reduction)
    {
        Check(sweep_tensor_mse_loss(input, target, reduction, out var result));
        return result;
    }

    [LibraryImport(Library)]
    private static partial int sweep_tensor_binary(BinaryOperation operation, TensorHandle a, TensorHandle b, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_binary_scalar(BinaryOperation operation, TensorHandle a, double b, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_unary(UnaryOperation operation, TensorHandle a, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_sum_dim(TensorHandle a, long dimension, [MarshalAs(UnmanagedType.U1)] bool keep, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_mean_dim(TensorHandle a, long dimension, [MarshalAs(UnmanagedType.U1)] bool keep, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_argmax(TensorHandle a, long dimension, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_softmax(TensorHandle a, long dimension, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_linear(TensorHandle input, TensorHandle weight, nint bias, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_cross_entropy(TensorHandle input, TensorHandle target, long reduction, double smoothing, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_mse_loss(TensorHandle input, TensorHandle target, long reduction, out TensorHandle result);
}
