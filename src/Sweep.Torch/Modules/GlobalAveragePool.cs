namespace Sweep.Torch.Modules;

/// <summary>[rows, channels, height, width] to the mean of each channel, [rows, channels].</summary>
public sealed class GlobalAveragePool : torch.nn.Module
{
    internal GlobalAveragePool()
    {
    }

    public override torch.Tensor forward(torch.Tensor input) => input.reshape([.. input.shape.Take(2), -1]).mean(2);
}
