using System.Runtime.InteropServices;

namespace Sweep.Torch.Interop;

/// <summary>A pointer that libtorch's side allocated and frees.</summary>
internal abstract class NativeHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;
}

internal sealed class TensorHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        Native.FreeTensor(handle);
        return true;
    }
}

internal sealed class GeneratorHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        Native.FreeGenerator(handle);
        return true;
    }
}

internal sealed class SourceHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        Native.FreeSource(handle);
        return true;
    }
}

internal sealed class PlanHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        Native.FreePlan(handle);
        return true;
    }
}

internal sealed class OptimizerHandle : NativeHandle
{
    protected override bool ReleaseHandle()
    {
        Native.FreeOptimizer(handle);
        return true;
    }
}
