namespace Sweep.Torch.Modules;

/// <summary>A module made of named parts; a parameter's path starts with the name of its part.</summary>
public abstract class Composite : torch.nn.Module
{
    private readonly (string Name, torch.nn.Module Part)[] _parts;

    private protected Composite(params (string Name, torch.nn.Module Part)[] parts) => _parts = parts;

    public override IEnumerable<(string name, torch.Tensor parameter)> named_parameters() =>
        _parts.SelectMany(p => p.Part.named_parameters().Select(q => ($"{p.Name}.{q.name}", q.parameter)));

    public override IEnumerable<(string name, torch.Tensor buffer)> named_buffers() =>
        _parts.SelectMany(p => p.Part.named_buffers().Select(b => ($"{p.Name}.{b.name}", b.buffer)));

    public override IEnumerable<torch.nn.Module> children() => _parts.Select(p => p.Part);

    protected override void Dispose(bool disposing)
    {
        foreach (var (_, part) in _parts)
        {
            part.Dispose();
        }
        base.Dispose(disposing);
    }
}
