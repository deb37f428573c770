namespace Sweep.Torch;

/// <summary>Frees the tensors made on its thread while it was the innermost open scope, at a known moment: its disposal.</summary>
/// <remarks>A scope belongs to the thread that opened it. Scopes close in the reverse order of their opening.</remarks>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? _current;

    private readonly DisposeScope? _outer;
    private readonly HashSet<torch.Tensor> _tensors = [];

    private DisposeScope(DisposeScope? outer) => _outer = outer;

    /// <summary>How many tensors the scope would free now.</summary>
    public int DisposablesCount => _tensors.Count;

    public torch.Tensor MoveToOuter(torch.Tensor tensor)
    {
        if (_tensors.Remove(tensor))
        {
            tensor.Scope = _outer;
            _outer?._tensors.Add(tensor);
        }
        return tensor;
    }

    public torch.Tensor Detach(torch.Tensor tensor)
    {
        if (_tensors.Remove(tensor))
        {
            tensor.Scope = null;
        }
        return tensor;
    }

    public void Dispose()
    {
        if (_current == this)
        {
            _current = _outer;
        }
        foreach (var tensor in _tensors)
        {
            tensor.Scope = null;
            tensor.Dispose();
        }
        _tensors.Clear();
    }

    internal static DisposeScope Open() => _current = new DisposeScope(_current);

    internal static void Register(torch.Tensor tensor)
    {
        if (_current is { } scope)
        {
            tensor.Scope = scope;
            scope._tensors.Add(tensor);
        }
    }
}
