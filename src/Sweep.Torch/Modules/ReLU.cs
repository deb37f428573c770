namespace Sweep.Torch.Modules;

/// <summary>relu of every element.</summary>
public sealed class ReLU : torch.nn.Module
{
    internal ReLU()
    {
    }

    public override torch.Tensor forward(torch.Tensor input) => input.relu();
}
