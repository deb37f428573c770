using Sweep.Store;

namespace Sweep.Grains;

/// <summary>What one attempt of a trial trains. Driven by its <see cref="TrialGrain"/>, one epoch after another, from one thread at a time.</summary>
public interface ITraining : IDisposable
{
    /// <summary>Epochs finished.</summary>
    int Epoch { get; }

    /// <summary>
    /// Trains to the end of the epoch, or to the step at which <paramref name="stop"/> was seen: then the position is kept,
    /// and <see cref="Save"/> gives a checkpoint that goes on to the same bits.
    /// </summary>
    EpochOutcome TrainEpoch(CancellationToken stop);

    /// <summary>Whether a checkpoint of a trial that is over is worth keeping: it can be tested, exported or gone on from. False where an epoch can be had again for nothing.</summary>
    bool HasWeights => true;

    /// <summary>Everything needed to go on from here.</summary>
    Checkpoint Save();
}
