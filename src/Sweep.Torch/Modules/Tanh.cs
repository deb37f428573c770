namespace Sweep.Torch.Modules;

/// <summary>tanh of every element.</summary>
public sealed class Tanh : torch.nn.Module
{
    internal Tanh()
    {
    }

    public override torch.Tensor forward(torch.Tensor input) => input.tanh();
}
