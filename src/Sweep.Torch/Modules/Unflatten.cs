namespace Sweep.Torch.Modules;

/// <summary>[rows, features] to [rows, sizes…]: channels, height and width for images.</summary>
public sealed class Unflatten : torch.nn.Module
{
    internal Unflatten(IReadOnlyList<long> sizes) => Sizes = sizes;

    public IReadOnlyList<long> Sizes { get; }

    public override torch.Tensor forward(torch.Tensor input) => input.reshape([input.shape[0], .. Sizes]);
}
