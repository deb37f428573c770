using System.Runtime.InteropServices;

namespace Sweep.Torch.Interop;

internal static partial class Native
{
    /// <summary>-1: libtorch was built without CUDA.</summary>
    public static int CudaDevices()
    {
        Check(sweep_cuda_devices(out var count));
        return count;
    }

    public static bool HasOneDnn()
    {
        Check(sweep_has_onednn(out var has));
        return has;
    }

    public static TensorHandle ToDeviceOf(TensorHandle tensor, TensorHandle other)
    {
        Check(sweep_tensor_to_device_of(tensor, other, out var result));
        return result;
    }

    public static TensorHandle ToDevice(TensorHandle tensor, string device)
    {
        Check(sweep_tensor_to_device(tensor, device, out var result));
        return result;
    }

    public static void Move(TensorHandle tensor, string device) => Check(sweep_tensor_move(tensor, device));

    public static (TensorHandle Values, TensorHandle Gradients) Mirror(nint[] parameters, long[] offsets, TensorHandle flat, string device)
    {
        Check(sweep_mirror_parameters(parameters, parameters.Length, offsets, flat, device, out var values, out var gradients));
        return (values, gradients);
    }

    [LibraryImport(Library)]
    private static partial int sweep_cuda_devices(out int count);

    [LibraryImport(Library)]
    private static partial int sweep_has_onednn([MarshalAs(UnmanagedType.U1)] out bool has);

    [LibraryImport(Library)]
    private static partial int sweep_tensor_to_device_of(TensorHandle tensor, TensorHandle other, out TensorHandle result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sweep_tensor_to_device(TensorHandle tensor, string device, out TensorHandle result);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sweep_tensor_move(TensorHandle tensor, string device);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int sweep_mirror_parameters(nint[] parameters, int count, long[] offsets, TensorHandle flat, string device, out TensorHandle values, out TensorHandle gradients);
}
