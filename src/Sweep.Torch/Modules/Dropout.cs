using Sweep.Torch.Interop;

namespace Sweep.Torch.Modules;

/// <summary>Sets each element to 0 with probability p while training, and multiplies the others by 1/(1 − p).</summary>
/// <remarks>
/// The mask is counted, not drawn: it depends on the seed, the step, the layer's number and the row's and element's place alone.
/// Whoever trains says which they are (<see cref="Begin"/>).
/// </remarks>
public sealed class Dropout : torch.nn.Module
{
    private (ulong Seed, long Step, long Layer, long Row) _place;

    internal Dropout(double probability) =>
        Probability = probability is >= 0 and < 1 ? probability : throw new ArgumentOutOfRangeException(nameof(probability), probability, "not at least 0 and below 1");

    public double Probability { get; }

    /// <summary>Where the next pass is.</summary>
    /// <param name="seed">The training's.</param>
    /// <param name="step">Optimizer updates done.</param>
    /// <param name="layer">How many dropouts the network has before this one.</param>
    /// <param name="row">The number, in the step's batch, of the first row that comes.</param>
    public void Begin(ulong seed, long step, long layer, long row) => _place = (seed, step, layer, row);

    public override torch.Tensor forward(torch.Tensor input)
    {
        if (!training || Probability == 0)
        {
            return input;
        }
        var (seed, step, layer, row) = _place;
        return input * new torch.Tensor(Native.DropoutMask(input.Handle, seed, step, layer, row, Probability));
    }
}
