namespace Sweep.Torch.Modules;

/// <summary>sigmoid of every element.</summary>
public sealed class Sigmoid : torch.nn.Module
{
    internal Sigmoid()
    {
    }

    public override torch.Tensor forward(torch.Tensor input) => input.sigmoid();
}
