namespace Sweep.Torch.Modules;

/// <summary>y = x Wᵀ + b with weight [out, in]; both uniform within ±1/√in at the start, drawn in PyTorch's order.</summary>
public sealed class Linear : torch.nn.Module
{
    internal Linear(long inputs, long outputs, torch.Generator generator, bool hasBias, torch.ScalarType dtype)
    {
        weight = torch.zeros([outputs, inputs], dtype).DetachFromDisposeScope();
        torch.nn.init.kaiming_uniform_(weight, generator, Math.Sqrt(5));
        weight.requires_grad = true;
        if (hasBias)
        {
            var bound = 1 / Math.Sqrt(inputs);
            bias = torch.zeros([outputs], dtype).DetachFromDisposeScope();
            torch.nn.init.uniform_(bias, -bound, bound, generator);
            bias.requires_grad = true;
        }
    }

    public torch.Tensor weight { get; }

    public torch.Tensor? bias { get; }

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.linear(input, weight, bias);

    public override IEnumerable<(string name, torch.Tensor parameter)> named_parameters() =>
        bias is null ? [("weight", weight)] : [("weight", weight), ("bias", bias)];
}
