using Sweep.Torch.Interop;

namespace Sweep.Torch.Modules;

/// <summary>Normalisation of the last dimension by its own mean and variance (Ba et al. 2016), then a weight and a bias for each element.</summary>
public sealed class LayerNorm : torch.nn.Module
{
    internal LayerNorm(long features, double epsilon)
    {
        Epsilon = epsilon;
        weight = torch.ones(features).DetachFromDisposeScope();
        bias = torch.zeros(features).DetachFromDisposeScope();
        weight.requires_grad = true;
        bias.requires_grad = true;
    }

    public torch.Tensor weight { get; }

    public torch.Tensor bias { get; }

    public double Epsilon { get; }

    public override torch.Tensor forward(torch.Tensor input) => new(Native.LayerNorm(input.Handle, weight.Handle, bias.Handle, Epsilon));

    public override IEnumerable<(string name, torch.Tensor parameter)> named_parameters() => [("weight", weight), ("bias", bias)];
}
