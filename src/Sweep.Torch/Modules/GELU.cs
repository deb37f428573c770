namespace Sweep.Torch.Modules;

/// <summary>gelu of every element.</summary>
public sealed class GELU : torch.nn.Module
{
    internal GELU()
    {
    }

    public override torch.Tensor forward(torch.Tensor input) => input.gelu();
}
