using Sweep.Torch.Interop;

namespace Sweep.Torch.Modules;

/// <summary>Self-attention of several heads over [rows, length, width] (Vaswani et al. 2017, section 3.2), with PyTorch's parameters and initialisation.</summary>
public sealed class MultiheadAttention : torch.nn.Module
{
    private readonly Linear _out;
    private readonly Dropout _dropout;
    private readonly long _heads;

    internal MultiheadAttention(long width, long heads, double dropout, torch.Generator generator)
    {
        if (heads < 1 || width % heads != 0)
        {
            throw new TorchException($"a width of {width} cannot be shared by {heads} heads");
        }
        (_heads, _dropout) = (heads, new Dropout(dropout));
        // PyTorch draws in this order, and only then sets the second bias to 0.
        _out = new Linear(width, width, generator, hasBias: true, torch.float32);
        using (torch.no_grad())
        {
            _out.bias!.zero_();
        }
        in_proj_weight = torch.zeros(3 * width, width).DetachFromDisposeScope();
        torch.nn.init.xavier_uniform_(in_proj_weight, generator);
        in_proj_bias = torch.zeros(3 * width).DetachFromDisposeScope();
        in_proj_weight.requires_grad = true;
        in_proj_bias.requires_grad = true;
    }

    /// <summary>Of queries, keys and values, one below the other: [3 width, width].</summary>
    public torch.Tensor in_proj_weight { get; }

    public torch.Tensor in_proj_bias { get; }

    public override torch.Tensor forward(torch.Tensor input)
    {
        var qkv = torch.nn.functional.linear(input, in_proj_weight, in_proj_bias);
        var weights = _dropout.forward(new torch.Tensor(Native.AttentionWeights(qkv.Handle, _heads)));
        return _out.forward(new torch.Tensor(Native.Attend(weights.Handle, qkv.Handle)));
    }

    public override IEnumerable<(string name, torch.Tensor parameter)> named_parameters() =>
        [("in_proj_weight", in_proj_weight), ("in_proj_bias", in_proj_bias), .. _out.named_parameters().Select(p => ($"out_proj.{p.name}", p.parameter))];

    public override IEnumerable<torch.nn.Module> children() => [_dropout, _out];
}
