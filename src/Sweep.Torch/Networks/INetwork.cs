namespace Sweep.Torch;

/// <summary>A network bound to its data: computes gradients and losses by row numbers.</summary>
/// <remarks>One of two: a training step written out natively, for the networks it knows, or autograd for all others.</remarks>
public interface INetwork : IDisposable
{
    FlatParameters Parameters { get; }

    /// <summary>Replaces the gradients by those of the rows' mean loss.</summary>
    /// <param name="rows">The step's batch.</param>
    /// <param name="step">Optimizer updates done: dropout's masks are another at each.</param>
    /// <param name="augmentation">How the rows are moved; null leaves them as they are.</param>
    BatchLoss Gradient(ReadOnlySpan<int> rows, long step = 0, Augmentation? augmentation = null);

    /// <summary>Leaves parameters and gradients alone. Nothing is dropped, and labels are not smoothed.</summary>
    BatchLoss Evaluate(ReadOnlySpan<int> rows);

    /// <summary>Replaces the running averages of batch normalisation by the plain means over batches of these rows, as PyTorch's <c>update_bn</c>.</summary>
    /// <remarks>For weights that were not trained on themselves, such as an average. Dropout drops, as in training. Nothing else changes.</remarks>
    /// <param name="rows">Whole batches, or the last one counts as much as the others.</param>
    /// <param name="batch">Rows of a batch, no more than a chunk of the network.</param>
    /// <param name="augmentation">How the rows are moved; null leaves them as they are.</param>
    void TakeStatistics(ReadOnlySpan<int> rows, int batch, Augmentation? augmentation = null);
}
