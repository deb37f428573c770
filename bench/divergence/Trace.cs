using System.Collections.Concurrent;
using Sweep.Training;

namespace Sweep.Bench.Divergence;

/// <summary>A trial trained to its end, with the loss of each step: what any rule would have done follows from it.</summary>
internal sealed class Trace
{
    private readonly List<StepObservation> _steps = [];

    private Trace(LearningTask task, ulong seed, TrialSetting setting)
    {
        Setting = setting;
        var options = task.Options(seed, setting, _steps.Add);
        (Epochs, StepsPerEpoch) = (options.Epochs, options.StepsPerEpoch);
        (Constant, ValidationConstant) = (task.Constant, task.ValidationConstant);
        using var trainer = new Trainer(options);
        Untrained = trainer.Evaluate(task.First)["loss"];
        var result = trainer.TrainEpoch(CancellationToken.None);
        while (result is EpochResult.Finished finished)
        {
            Value = finished.Report.Metrics[task.Metric];
            if (trainer.Epoch == Epochs)
            {
                return;
            }

            result = trainer.TrainEpoch(CancellationToken.None);
        }

        (NonFiniteAt, Value) = (((EpochResult.Diverged)result).Step, double.NaN);
    }

    public TrialSetting Setting { get; }

    public int Epochs { get; }

    public long StepsPerEpoch { get; }

    public double Untrained { get; }

    public ConstantPrediction Constant { get; }

    /// <summary>What always predicting the same reaches on the validation rows.</summary>
    public double ValidationConstant { get; }

    /// <summary>The metric after the last epoch; NaN when a loss was not finite.</summary>
    public double Value { get; }

    /// <summary>The step at which a number was not finite; -1 for none.</summary>
    public long NonFiniteAt { get; } = -1;

    public IReadOnlyList<StepObservation> Steps => _steps;

    /// <summary>Trains every trial of a task and seed, on as many threads as there are cores.</summary>
    public static Trace[] Train(LearningTask task, ulong seed, IReadOnlyList<TrialSetting> settings)
    {
        var traces = new Trace[settings.Count];
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, settings.Count), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            i => traces[i] = new Trace(task, seed, settings[i]));
        return traces;
    }
}
