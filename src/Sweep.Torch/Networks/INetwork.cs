namespace Sweep.Torch;

/// <summary>A network bound to its data: computes gradients and losses by row numbers.</summary>
/// <remarks>One of two: a training step written out natively, for the networks it knows, or autograd for all others.</remarks>
public interface INetwork : IDisposable
{
    FlatParameters Parameters { get; }

    /// <summary>Replaces the gradients by those of the rows' mean loss.</summary>
    BatchLoss Gradient(ReadOnlySpan<int> rows);

    /// <summary>Leaves parameters and gradients alone.</summary>
    BatchLoss Evaluate(ReadOnlySpan<int> rows);
}
