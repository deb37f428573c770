using System.Runtime.InteropServices;

namespace Sweep.Torch.Interop;

internal static partial class Native
{
    public static bool RequiresGrad(TensorHandle tensor)
    {
        Check(sweep_tensor_requires_grad(tensor, out var result));
        return result;
    }

    public static void SetRequiresGrad(TensorHandle tensor, bool value) => Check(sweep_tensor_set_requires_grad(tensor, value));

    public static TensorHandle Grad(TensorHandle tensor)
    {
        Check(sweep_tensor_grad(tensor, out var result));
        return result;
    }

    public static void Backward(TensorHandle tensor) => Check(sweep_tensor_backward(tensor));

    public static TensorHandle Detach(TensorHandle tensor)
    {
        Check(sweep_tensor_detach(tensor, out var result));
        return result;
    }

    public static bool SetGradEnabled(bool enabled)
    {
        Check(sweep_set_grad_enabled(enabled, out var result));
        return result;
    }

    public static void Copy(TensorHandle tensor, TensorHandle source) => Check(sweep_tensor_copy_(tensor, source));

    public static void Fill(TensorHandle tensor, double value) => Check(sweep_tensor_fill_(tensor, value));

    public static void Uniform(TensorHandle tensor, double low, double high, GeneratorHandle generator) => Check(sweep_tensor_uniform_(tensor, low, high, generator));

    public static void Normal(TensorHandle tensor, double mean, double deviation, GeneratorHandle generator) => Check(sweep_tensor_normal_(tensor, mean, deviation, generator));

    public static void Add(TensorHandle tensor, TensorHandle other, double alpha) => Check(sweep_tensor_add_(tensor, other, alpha));

    public static (TensorHandle Values, TensorHandle Gradients) Flatten(nint[] parameters, long[] offsets)
    {
        Check(sweep_flatten_parameters(parameters, parameters.Length, offsets, out var values, out var gradients));
        return (values, gradients);
    }

    [LibraryImport(Library)]
    private static partial int sweep_tensor_requires_grad(TensorHandle tensor, [MarshalAs(UnmanagedType.U1)] out bool result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_set_requires_grad(TensorHandle tensor, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_grad(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_backward(TensorHandle tensor);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_detach(TensorHandle tensor, out TensorHandle result);

    [LibraryImport(Library)]
    private static partial int sweep_set_grad_enabled([MarshalAs(UnmanagedType.U1)] bool enabled, [MarshalAs(UnmanagedType.U1)] out bool result);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_copy_(TensorHandle tensor, TensorHandle source);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_fill_(TensorHandle tensor, double value);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_uniform_(TensorHandle tensor, double low, double high, GeneratorHandle generator);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_normal_(TensorHandle tensor, double mean, double deviation, GeneratorHandle generator);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_add_(TensorHandle tensor, TensorHandle other, double alpha);

    [LibraryImport(Library)]
    private static partial int sweep_flatten_parameters(nint[] parameters, int count, [Out] long[] offsets, out TensorHandle values, out TensorHandle gradients);
}
