namespace Sweep.Torch.Modules;

/// <summary>Self-attention, then two fully connected layers at each place, each added to its input and normalised: PyTorch's layer of that name, the rows first.</summary>
/// <remarks>Normalised before each part (Xiong et al. 2020) or after the addition (Vaswani et al. 2017). Dropout is where PyTorch has it: four places.</remarks>
public sealed class TransformerEncoderLayer : Composite
{
    private readonly torch.nn.Module _attention;
    private readonly torch.nn.Module _feedForward;
    private readonly LayerNorm _norm1;
    private readonly LayerNorm _norm2;
    private readonly bool _normFirst;

    private TransformerEncoderLayer(torch.nn.Module attention, torch.nn.Module feedForward, LayerNorm norm1, LayerNorm norm2, bool normFirst)
        : base(("self_attn", attention), ("feed_forward", feedForward), ("norm1", norm1), ("norm2", norm2)) =>
        (_attention, _feedForward, _norm1, _norm2, _normFirst) = (attention, feedForward, norm1, norm2, normFirst);

    internal static TransformerEncoderLayer Create(
        long width, long heads, long feedForward, double dropout, torch.nn.Module activation, bool normFirst, torch.Generator generator)
    {
        var attention = torch.nn.Sequential(new MultiheadAttention(width, heads, dropout, generator), new Dropout(dropout));
        var wide = torch.nn.Linear(width, feedForward, generator);
        var narrow = torch.nn.Linear(feedForward, width, generator);
        return new TransformerEncoderLayer(
            attention,
            torch.nn.Sequential(wide, activation, new Dropout(dropout), narrow, new Dropout(dropout)),
            torch.nn.LayerNorm(width),
            torch.nn.LayerNorm(width),
            normFirst);
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        if (_normFirst)
        {
            var attended = input + _attention.forward(_norm1.forward(input));
            return attended + _feedForward.forward(_norm2.forward(attended));
        }
        var x = _norm1.forward(input + _attention.forward(input));
        return _norm2.forward(x + _feedForward.forward(x));
    }
}
