using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Grains.Tests;

/// <summary>A training whose epochs are written down beforehand: real ones diverge or throw only when they please.</summary>
internal sealed class ScriptedTraining(Func<int, EpochOutcome> epoch, Checkpoint? from) : ITraining, ITrainingFactory
{
    public int Epoch { get; private set; } = from?.Epoch ?? 0;

    public bool Disposed { get; private set; }

    public ITraining Start(TrialRecord trial, Checkpoint? checkpoint) => this;

    public EpochOutcome TrainEpoch(CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
        {
            return new EpochOutcome.Stopped();
        }

        var outcome = epoch(Epoch + 1);
        if (outcome is EpochOutcome.Finished)
        {
            Epoch++;
        }

        return outcome;
    }

    public Checkpoint Save() => new(Epoch, 0, new byte[] { (byte)Epoch });

    public void Dispose() => Disposed = true;
}
