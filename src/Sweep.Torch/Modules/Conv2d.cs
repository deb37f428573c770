using Sweep.Torch.Interop;

namespace Sweep.Torch.Modules;

/// <summary>A convolution of images [rows, in, height, width] with weight [out, in, k, k]; uniform within ±1/√(in k²) at the start.</summary>
public sealed class Conv2d : torch.nn.Module
{
    internal Conv2d(long inputs, long outputs, long kernel, long stride, long padding, bool hasBias, torch.Generator generator)
    {
        (Stride, Padding) = (stride, padding);
        weight = torch.zeros([outputs, inputs, kernel, kernel]).DetachFromDisposeScope();
        torch.nn.init.kaiming_uniform_(weight, generator, Math.Sqrt(5));
        weight.requires_grad = true;
        if (hasBias)
        {
            var bound = 1 / Math.Sqrt(inputs * kernel * kernel);
            bias = torch.zeros([outputs]).DetachFromDisposeScope();
            torch.nn.init.uniform_(bias, -bound, bound, generator);
            bias.requires_grad = true;
        }
    }

    public torch.Tensor weight { get; }

    public torch.Tensor? bias { get; }

    /// <summary>Pixels from one place of the kernel to the next.</summary>
    public long Stride { get; }

    /// <summary>Zeros around the image, on each side.</summary>
    public long Padding { get; }

    public override torch.Tensor forward(torch.Tensor input) => new(Native.Conv2d(input.Handle, weight.Handle, bias?.Handle, Stride, Padding));

    public override IEnumerable<(string name, torch.Tensor parameter)> named_parameters() =>
        bias is null ? [("weight", weight)] : [("weight", weight), ("bias", bias)];
}
