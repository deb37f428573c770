namespace Sweep.Torch.Modules;

/// <summary>Modules one after another; a parameter's path starts with the position of its module.</summary>
public sealed class Sequential : torch.nn.Module
{
    internal Sequential(IReadOnlyList<torch.nn.Module> modules) => Children = modules;

    public IReadOnlyList<torch.nn.Module> Children { get; }

    public override torch.Tensor forward(torch.Tensor input) => Children.Aggregate(input, (x, module) => module.forward(x));

    public override IEnumerable<(string name, torch.Tensor parameter)> named_parameters() =>
        Children.SelectMany((module, i) => module.named_parameters().Select(p => ($"{i}.{p.name}", p.parameter)));

    public override IEnumerable<(string name, torch.Tensor buffer)> named_buffers() =>
        Children.SelectMany((module, i) => module.named_buffers().Select(b => ($"{i}.{b.name}", b.buffer)));

    public override IEnumerable<torch.nn.Module> children() => Children;

    protected override void Dispose(bool disposing)
    {
        foreach (var module in Children)
        {
            module.Dispose();
        }
        base.Dispose(disposing);
    }
}
