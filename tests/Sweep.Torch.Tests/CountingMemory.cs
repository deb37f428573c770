using System.Buffers;
using System.Runtime.InteropServices;

namespace Sweep.Torch.Tests;

/// <summary>Three floats that count how often they are pinned.</summary>
internal sealed class CountingMemory : MemoryManager<float>
{
    private readonly float[] _elements = new float[3];

    public int Pins { get; private set; }

    public override Span<float> GetSpan() => _elements;

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        Pins++;
        var handle = GCHandle.Alloc(_elements, GCHandleType.Pinned);
        unsafe
        {
            return new MemoryHandle((void*)handle.AddrOfPinnedObject(), handle, this);
        }
    }

    public override void Unpin() => Pins--;

    protected override void Dispose(bool disposing)
    {
    }
}
