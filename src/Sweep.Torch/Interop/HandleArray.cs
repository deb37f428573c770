namespace Sweep.Torch.Interop;

/// <summary>The pointers of several tensors for one call, held alive until disposed. A null tensor is a null pointer.</summary>
internal sealed class HandleArray : IDisposable
{
    private readonly List<TensorHandle> _held = [];

    public HandleArray(IEnumerable<torch.Tensor?> tensors)
    {
        var pointers = new List<nint>();
        foreach (var tensor in tensors)
        {
            if (tensor is null)
            {
                pointers.Add(0);
                continue;
            }
            var added = false;
            tensor.Handle.DangerousAddRef(ref added);
            _held.Add(tensor.Handle);
            pointers.Add(tensor.Handle.DangerousGetHandle());
        }
        Pointers = [.. pointers];
    }

    public nint[] Pointers { get; }

    public void Dispose()
    {
        _held.ForEach(h => h.DangerousRelease());
        _held.Clear();
    }
}
