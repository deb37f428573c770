namespace Sweep.Store;

/// <summary>Enough to go on with a trial to the same bits.</summary>
/// <param name="Epoch">Epochs finished.</param>
/// <param name="Step">Optimizer steps done in the epoch begun; 0 between epochs.</param>
/// <param name="Content">The trainer's own format.</param>
public sealed record Checkpoint(int Epoch, long Step, ReadOnlyMemory<byte> Content)
{
    /// <summary>Whether it is the trial's best so far by an objective over the best epoch: it stays beside newer ones, until there is a better one.</summary>
    public bool IsBest { get; init; }
}
