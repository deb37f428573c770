using Sweep.Torch;
using Sweep.Training.Randomness;

namespace Sweep.Training;

/// <summary>Recomputes batch normalisation's statistics for weights that are evaluated but not trained: a moving average, or Schedule-Free's x.</summary>
/// <remarks>
/// The running averages belong to the weights at which gradients are taken. For other weights they are recomputed before each evaluation, over
/// up to 50 batches (as Defazio et al. 2024 recommend), and restored after it, so that training is not affected. The rows depend on the seed
/// only, so an evaluation is a function of seed and weights.
/// </remarks>
internal sealed class NormStatistics
{
    private const int MostBatches = 50;

    private readonly INetwork _network;
    private readonly torch.Tensor[] _buffers;
    private readonly int[] _rows;
    private readonly int _batch;
    private readonly Augmentation? _augmentation;

    private NormStatistics(INetwork network, torch.Tensor[] buffers, TrainerOptions options)
    {
        (_network, _buffers) = (network, buffers);
        _batch = Math.Min(options.RowsPerPass, Network.DefaultChunk);
        int[] rows = [.. options.Train];
        Shuffle.InPlace(rows, Seeds.Derive(options.Seed, SeedPurpose.Statistics));
        _rows = rows[..(_batch * Math.Min(MostBatches, rows.Length / _batch))];
        _augmentation = options.Augmentation is { } moved ? moved with { Key = Seeds.Derive(options.Seed, SeedPurpose.Statistics) } : null;
    }

    /// <summary>Null where the running averages are right, or the network has none.</summary>
    public static NormStatistics? Of(INetwork network, torch.nn.Module module, TrainerOptions options) =>
        (options.Averaging > 0 || options.Optimizer.ScheduleFree) && module.buffers().ToArray() is { Length: > 0 } buffers
            ? new NormStatistics(network, buffers, options)
            : null;

    /// <summary>Runs with the statistics recomputed for the current weights.</summary>
    public T WithRecomputedBatchNorm<T>(Func<T> body)
    {
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        torch.Tensor[] running = [.. _buffers.Select(b => b.clone())];
        try
        {
            _network.TakeStatistics(_rows, _batch, _augmentation);
            return body();
        }
        finally
        {
            foreach (var (buffer, before) in _buffers.Zip(running))
            {
                buffer.copy_(before);
            }
        }
    }
}
