using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sweep.Torch.Interop;

/// <summary>Managed memory that native tensors look at: pinned until the last of them is gone.</summary>
internal sealed class PinnedMemory(MemoryHandle pin)
{
    private MemoryHandle _pin = pin;

    public static unsafe nint Release => (nint)(delegate* unmanaged[Cdecl]<nint, void>)&Free;

    public unsafe nint Address => (nint)_pin.Pointer;

    /// <summary>The context for <see cref="Release"/>, which frees it.</summary>
    public nint Hold() => GCHandle.ToIntPtr(GCHandle.Alloc(this));

    public void Unpin() => _pin.Dispose();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(nint context)
    {
        var handle = GCHandle.FromIntPtr(context);
        ((PinnedMemory)handle.Target!).Unpin();
        handle.Free();
    }
}
