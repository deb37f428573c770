using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Silo.Execution;

/// <summary>Hands out what a trial learned.</summary>
public interface IExportsWeights
{
    /// <summary>Writes the weights that a checkpoint is evaluated with, as a file that PyTorch's <c>torch.load</c> reads: a dict from names to tensors of float32.</summary>
    /// <returns>Names and shapes, in the file's order.</returns>
    /// <exception cref="Sweep.Search.SweepException">The checkpoint is not one of this trial.</exception>
    IReadOnlyList<(string Name, IReadOnlyList<long> Shape)> ExportWeights(TrialRecord trial, Checkpoint checkpoint, Stream stream);
}
