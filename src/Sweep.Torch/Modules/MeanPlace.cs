namespace Sweep.Torch.Modules;

/// <summary>[rows, length, features] to the mean over the places, [rows, features].</summary>
public sealed class MeanPlace : torch.nn.Module
{
    internal MeanPlace()
    {
    }

    public override torch.Tensor forward(torch.Tensor input) => input.mean(1);
}
