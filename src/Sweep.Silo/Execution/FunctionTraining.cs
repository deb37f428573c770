using Sweep.Grains;
using Sweep.Store;

namespace Sweep.Silo.Execution;

/// <summary>A trial that computes a function: an epoch is a value, which depends on nothing before it, so a checkpoint is the number of epochs.</summary>
/// <param name="value">After so many epochs.</param>
/// <param name="sleep">How long an epoch takes.</param>
/// <param name="epoch">Epochs finished before.</param>
internal sealed class FunctionTraining(Func<int, double> value, TimeSpan sleep, int epoch, TimeProvider time) : ITraining
{
    public int Epoch { get; private set; } = epoch;

    public bool HasWeights => false;

    public EpochOutcome TrainEpoch(CancellationToken stop)
    {
        var start = time.GetTimestamp();
        if (sleep > TimeSpan.Zero ? stop.WaitHandle.WaitOne(sleep) : stop.IsCancellationRequested)
        {
            return new EpochOutcome.Stopped();
        }

        var result = value(Epoch + 1);
        Epoch++;
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal) { [FunctionCatalogue.Metric] = result };
        return new EpochOutcome.Finished(metrics, double.NaN, time.GetElapsedTime(start).TotalSeconds);
    }

    public Checkpoint Save() => new(Epoch, 0, BitConverter.GetBytes(Epoch));

    public void Dispose()
    {
    }
}
