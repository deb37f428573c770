using Sweep.Torch;
using Sweep.Training.Randomness;
using Sweep.Training.Schedules;

namespace Sweep.Training;

/// <summary>Trains one network, an epoch at a time, on the calling thread.</summary>
/// <remarks>
/// Bit for bit the same alone or beside others, and interrupted at any step and resumed from a checkpoint or not at all.
/// One thread at a time may call it; <see cref="Progress"/> alone is read by others.
/// </remarks>
public sealed class Trainer : IDisposable
{
    private const int UntrainedRows = 1024;

    private readonly TrainerOptions _options;
    private readonly torch.nn.Module _module;
    private readonly INetwork _network;
    private readonly Weights _weights;
    private readonly torch.optim.Optimizer _optimizer;
    private readonly DivergenceWatch _watch;
    private readonly int[] _order;
    private readonly string _fingerprint;
    private readonly long _stepsPerEpoch;
    private int _epoch;
    private long _stepInEpoch;
    private double _lossSum;
    private long _correct;
    private long _samples;
    private double _seconds;
    private double _rate;
    private bool _diverged;

    /// <summary>Initialises the network, or restores it.</summary>
    /// <exception cref="TrainingException">The checkpoint does not fit, or an option is out of range.</exception>
    public Trainer(TrainerOptions options)
    {
        _options = Checked(options);
        using (var generator = new torch.Generator(Seeds.Derive(options.Seed, SeedPurpose.Initialisation)))
        {
            _module = options.Model.Build(options.Source.Features, options.Source.Classes, options.ModelSettings, generator);
        }
        _network = Network.Compile(_module, options.Source, NetworkOptions);
        _weights = new Weights(_module, _network.Parameters, options.Averaging, options.MaxNorm);
        _optimizer = options.Optimizer.Create(_network.Parameters, options.OptimizerSettings);
        if (options.Schedule is IGradientWatchingSchedule { ComparesSteps: true })
        {
            _optimizer.WatchChanges();
        }
        _watch = new DivergenceWatch(options.DivergenceFactor);
        _order = [.. options.Train];
        _stepsPerEpoch = options.StepsPerEpoch;
        _fingerprint = $"{options.Model.Name} with {_network.Parameters.Values.numel()} parameters, {options.Optimizer.Name}, "
            + $"{options.Train.Length} rows by {options.RowsPerStep}, {options.Epochs} epochs, seed {options.Seed}"
            + (options.Precision == Precision.Float32 ? "" : $", {options.Precision}")
            + (options.Device == Devices.Cpu ? "" : $", on {options.Device}");
        Progress = new TrainerProgress(options.Time, _stepsPerEpoch, options.Epochs);
        if (options.Checkpoint is { } bytes)
        {
            Restore(Checkpoint.Read(bytes, _fingerprint));
        }
        else
        {
            var first = options.Train.AsSpan(0, Math.Min(UntrainedRows, options.Train.Length));
            _watch.Start(_network.Evaluate(first).LossSum / first.Length);
        }
        Progress.At(_epoch, _stepInEpoch);
    }

    public TrainerProgress Progress { get; }

    /// <summary>Epochs finished.</summary>
    public int Epoch => _epoch;

    /// <summary>The mean loss before the first step, over the first 1,024 training rows.</summary>
    public double UntrainedLoss => _watch.Untrained;

    /// <summary>The network's parameters; for tests and diagnoses.</summary>
    public FlatParameters Parameters => _network.Parameters;

    private long Step => (_epoch * _stepsPerEpoch) + _stepInEpoch;

    private NetworkOptions NetworkOptions => new()
    {
        // A batch of several that make a step is one pass, however small: batch normalisation sees it alone.
        Chunk = Math.Clamp(_options.RowsPerPass, _options.Accumulation > 1 ? 1 : TrainerOptions.DefaultBatchSize, Network.DefaultChunk),
        Seed = Seeds.Derive(_options.Seed, SeedPurpose.Dropout),
        Loss = _options.Loss,
        LabelSmoothing = _options.LabelSmoothing,
        Precision = _options.Precision,
        Device = _options.Device,
    };

    /// <summary>Trains the next epoch, or what is left of the one under way.</summary>
    /// <exception cref="InvalidOperationException">All epochs are trained, or the training has diverged.</exception>
    public EpochResult TrainEpoch(CancellationToken stop)
    {
        if (_diverged || _epoch >= _options.Epochs)
        {
            throw new InvalidOperationException(_diverged ? "the training has diverged" : $"all {_options.Epochs} epochs are trained");
        }
        var started = _options.Time.GetTimestamp();
        Progress.Begin(_epoch, _stepInEpoch);
        Order();
        while (_stepInEpoch < _stepsPerEpoch)
        {
            if (stop.IsCancellationRequested)
            {
                _seconds += _options.Time.GetElapsedTime(started).TotalSeconds;
                return new EpochResult.Stopped(_epoch, _stepInEpoch);
            }
            if (TrainStep() is { } diverged)
            {
                return diverged;
            }
        }
        return Finish(started);
    }

    /// <summary>The mean loss and the accuracy on all rows of another data set with the same features, the test set say.</summary>
    public (double Loss, double Accuracy) Evaluate(BatchSource source)
    {
        using var network = Network.Compile(_module, source, NetworkOptions);
        var sums = AtTheAnswer(network, [.. Enumerable.Range(0, (int)source.Rows)]);
        return (sums.LossSum / source.Rows, (double)sums.Correct / source.Rows);
    }

    /// <summary>All that a trainer with the same options goes on from, bit for bit, at the step reached.</summary>
    public byte[] SaveCheckpoint() => new Checkpoint
    {
        Fingerprint = _fingerprint,
        Epoch = _epoch,
        StepInEpoch = _stepInEpoch,
        LossSum = _lossSum,
        Correct = _correct,
        Samples = _samples,
        Seconds = _seconds,
        UntrainedLoss = _watch.Untrained,
        SmoothedLoss = _watch.Smoothed,
        LearningRate = _rate,
        Schedule = (_options.Schedule as IStatefulSchedule)?.SaveState() ?? [],
        Parameters = _weights.Save(),
        Optimizer = _optimizer.Save(),
    }.Write();

    public void Dispose()
    {
        _optimizer.Dispose();
        _weights.Dispose();
        _network.Parameters.Dispose();
        _network.Dispose();
        _module.Dispose();
    }

    private static TrainerOptions Checked(TrainerOptions options) =>
        options.Train.Length == 0 ? throw new TrainingException("there are no rows to train on")
        : options.BatchSize < 1 ? throw new TrainingException($"task.batch_size: {options.BatchSize} is not at least 1")
        : options.Accumulation < 1 ? throw new TrainingException($"task.accumulation: {options.Accumulation} is not at least 1")
        : options.Precision == Precision.BFloat16 && Network.BFloat16Error is { } narrow ? throw new TrainingException($"task.precision: {narrow}")
        : Devices.FindError(options.Device) is { } elsewhere ? throw new TrainingException($"task.device: {elsewhere}")
        : options.Epochs < 1 ? throw new TrainingException($"task.epochs: {options.Epochs} is not at least 1")
        : options;

    /// <summary>The order of the epoch's rows: from the split and the epoch's own seed, never from the epoch before.</summary>
    private void Order()
    {
        _options.Train.CopyTo(_order, 0);
        if (!_options.Optimizer.FullBatch)
        {
            Shuffle.InPlace(_order, Seeds.Derive(_options.Seed, SeedPurpose.Shuffle, _epoch));
        }
    }

    private EpochResult.Diverged? TrainStep()
    {
        var step = Step;
        var start = (int)_stepInEpoch * _options.RowsPerStep;
        var rows = _order.AsSpan(start, Math.Min(_options.RowsPerStep, _order.Length - start));
        _rate = _options.Schedule.RateAt(step);
        var sums = _network.Gradient(rows, step);
        var loss = sums.LossSum / rows.Length;
        if (_watch.Observe(loss) is { } reason)
        {
            return Diverge(step, loss, reason);
        }
        if (_options.Schedule is IGradientWatchingSchedule watching)
        {
            watching.ObserveGradient(new GradientObservation(step, loss, _optimizer.Statistics()));
            _rate = watching.RateAt(step);
        }
        if (_options.Schedule is IMomentumSchedule schedule && schedule.MomentumAt(step) is { } momentum)
        {
            _optimizer.SetMomentum(momentum);
        }
        _optimizer.LearningRate = _rate;
        _optimizer.step();
        _weights.Stepped();
        _lossSum += sums.LossSum;
        _correct += sums.Correct;
        _samples += rows.Length;
        _stepInEpoch++;
        Progress.Stepped(_stepInEpoch, _rate, rows.Length);
        return null;
    }

    private EpochResult Finish(long started)
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["train_loss"] = _lossSum / _samples,
            ["train_accuracy"] = (double)_correct / _samples,
        };
        if (_options.Validation is { Length: > 0 } validation)
        {
            var sums = AtTheAnswer(_network, validation);
            var loss = sums.LossSum / validation.Length;
            if (!double.IsFinite(loss))
            {
                return Diverge(Step - 1, loss, $"the validation loss is {DivergenceWatch.Name(loss)}");
            }
            metrics["val_loss"] = loss;
            metrics["val_accuracy"] = (double)sums.Correct / validation.Length;
            metrics["val_top5"] = (double)sums.Top5 / validation.Length;
        }
        var report = new EpochReport
        {
            Epoch = _epoch + 1,
            Steps = Step,
            LearningRate = _rate,
            Metrics = metrics,
            Seconds = _seconds + _options.Time.GetElapsedTime(started).TotalSeconds,
            Samples = _samples,
        };
        _epoch++;
        (_stepInEpoch, _lossSum, _correct, _samples, _seconds) = (0, 0, 0, 0, 0);
        Progress.At(_epoch, 0);
        (_options.Schedule as IEpochWatchingSchedule)?.ObserveEpoch(new EpochObservation(_epoch, report.Steps, metrics));
        return new EpochResult.Finished(report);
    }

    /// <summary>Evaluates where the optimizer says that the answer is: some take their gradients elsewhere.</summary>
    private BatchLoss AtTheAnswer(INetwork network, int[] rows)
    {
        _optimizer.eval();
        try
        {
            return _weights.Evaluated(() => network.Evaluate(rows));
        }
        finally
        {
            _optimizer.train();
        }
    }

    private EpochResult.Diverged Diverge(long step, double loss, string reason)
    {
        _diverged = true;
        return new EpochResult.Diverged(step, _epoch + 1, _rate, loss, reason);
    }

    private void Restore(Checkpoint from)
    {
        (_epoch, _stepInEpoch, _seconds, _rate) = (from.Epoch, from.StepInEpoch, from.Seconds, from.LearningRate);
        (_lossSum, _correct, _samples) = (from.LossSum, from.Correct, from.Samples);
        _watch.Restore(from.UntrainedLoss, from.SmoothedLoss);
        _weights.Load(from.Parameters);
        _optimizer.Load(from.Optimizer);
        if (_options.Schedule is IStatefulSchedule schedule)
        {
            schedule.RestoreState(from.Schedule);
        }
    }
}
