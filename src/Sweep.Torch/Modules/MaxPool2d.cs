using Sweep.Torch.Interop;

namespace Sweep.Torch.Modules;

/// <summary>The largest of each square window; windows lie side by side, and what does not fill one is left out.</summary>
public sealed class MaxPool2d : torch.nn.Module
{
    internal MaxPool2d(long window) => Window = window;

    public long Window { get; }

    public override torch.Tensor forward(torch.Tensor input) => new(Native.MaxPool2d(input.Handle, Window));
}
