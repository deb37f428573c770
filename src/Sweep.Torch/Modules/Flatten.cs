namespace Sweep.Torch.Modules;

/// <summary>[rows, …] to [rows, features].</summary>
public sealed class Flatten : torch.nn.Module
{
    internal Flatten()
    {
    }

    public override torch.Tensor forward(torch.Tensor input) => input.reshape(input.shape[0], -1);
}
