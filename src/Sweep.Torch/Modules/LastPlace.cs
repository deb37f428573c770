namespace Sweep.Torch.Modules;

/// <summary>[rows, length, features] to the features of the last place, [rows, features].</summary>
public sealed class LastPlace : torch.nn.Module
{
    internal LastPlace()
    {
    }

    public override torch.Tensor forward(torch.Tensor input) => input.select(1, input.shape[1] - 1);
}
