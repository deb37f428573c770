using Sweep.Grains;
using Sweep.Search.Spaces;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Silo.Tests.Hosting;

/// <summary>Trainings that compute a function of (parameter x, epoch) at once: what a sweep does with results, without the wait.</summary>
/// <remarks>A replicate has a little more than its value, by its number; the loss is the square of the rate.</remarks>
internal sealed class FunctionTrainings(Func<double, int, double> value) : ITrainingFactory
{
    /// <summary>What a replicate has more than the one before it.</summary>
    public const double Spread = 0.01;

    private int _epochs;

    /// <summary>Epochs trained by all of them.</summary>
    public int Epochs => _epochs;

    /// <summary>Called after each epoch with the trial's number and its epochs finished.</summary>
    public Action<int, int>? OnEpoch { get; init; }

    public ITraining Start(TrialRecord trial, Checkpoint? checkpoint)
    {
        Configuration.Parse(trial.Parameters).TryGet("lr", out var x);
        return new Training(this, trial.Number, trial.Replicate, x!.AsReal, checkpoint?.Epoch ?? 0);
    }

    private sealed class Training(FunctionTrainings all, int number, int replicate, double x, int epoch) : ITraining
    {
        public int Epoch { get; private set; } = epoch;

        public EpochOutcome TrainEpoch(CancellationToken stop)
        {
            if (stop.IsCancellationRequested)
            {
                return new EpochOutcome.Stopped();
            }

            var result = all.Value(x, Epoch + 1) + (replicate * Spread);
            Epoch++;
            Interlocked.Increment(ref all._epochs);
            all.OnEpoch?.Invoke(number, Epoch);
            return new EpochOutcome.Finished(new Dictionary<string, double> { ["val_accuracy"] = result, ["val_loss"] = x * x }, x, 0.001);
        }

        public Checkpoint Save() => new(Epoch, 0, BitConverter.GetBytes(Epoch));

        public void Dispose()
        {
        }
    }

    private double Value(double x, int epoch) => value(x, epoch);
}
