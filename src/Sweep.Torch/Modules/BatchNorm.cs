using Sweep.Torch.Interop;

namespace Sweep.Torch.Modules;

/// <summary>Batch normalisation of the second dimension (Ioffe &amp; Szegedy 2015): by the batch's statistics in training, by running averages of them otherwise.</summary>
public abstract class BatchNorm : torch.nn.Module
{
    private protected BatchNorm(long features, double epsilon, double momentum)
    {
        (Epsilon, Momentum) = (epsilon, momentum);
        weight = torch.ones(features).DetachFromDisposeScope();
        bias = torch.zeros(features).DetachFromDisposeScope();
        running_mean = torch.zeros(features).DetachFromDisposeScope();
        running_var = torch.ones(features).DetachFromDisposeScope();
        weight.requires_grad = true;
        bias.requires_grad = true;
    }

    public torch.Tensor weight { get; }

    public torch.Tensor bias { get; }

    public torch.Tensor running_mean { get; }

    public torch.Tensor running_var { get; }

    public double Epsilon { get; }

    /// <summary>What a batch counts for in the running averages.</summary>
    public double Momentum { get; }

    /// <summary>What a batch counts for instead, while statistics are taken again.</summary>
    internal double? Share { get; set; }

    public override torch.Tensor forward(torch.Tensor input) =>
        new(Native.BatchNorm(input.Handle, weight.Handle, bias.Handle, running_mean.Handle, running_var.Handle, training, Share ?? Momentum, Epsilon));

    public override IEnumerable<(string name, torch.Tensor parameter)> named_parameters() => [("weight", weight), ("bias", bias)];

    public override IEnumerable<(string name, torch.Tensor buffer)> named_buffers() => [("running_mean", running_mean), ("running_var", running_var)];
}
