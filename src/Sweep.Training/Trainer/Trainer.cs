using System.Globalization;
using Sweep.Torch;
using Sweep.Training.Randomness;
using Sweep.Training.Schedules;

namespace Sweep.Training;

/// <summary>Trains one network, an epoch at a time, on the calling thread.</summary>
/// <remarks>
/// The result has the same bits whether the trainer runs alone or beside others, and whether it is interrupted at any step and resumed from a checkpoint or not.
/// One thread at a time may call it; only <see cref="Progress"/> may be read by others.
/// </remarks>
public sealed class Trainer : IDisposable
{
    private readonly TrainerOptions _options;
    private readonly torch.nn.Module _module;
    private readonly INetwork _network;
    private readonly Weights _weights;
    private readonly NormStatistics? _statistics;
    private readonly torch.optim.Optimizer _optimizer;
    private readonly int[] _order;
    private readonly string _fingerprint;
    private readonly long _stepsPerEpoch;
    private int _epoch;
    private long _stepInEpoch;
    private readonly double _trainSquares;
    private readonly double _validationSquares;
    private BatchLoss _sums;
    private Augmentation? _augmentation;
    private long _samples;
    private double _seconds;
    private double _earlierSeconds;
    private int _reachedAt;
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
        _statistics = NormStatistics.Of(_network, _module, options);
        _optimizer = options.Optimizer.Create(_network.Parameters, options.OptimizerSettings);
        if (options.Schedule is IGradientWatchingSchedule { Detail: GradientDetail.Comparison })
        {
            _optimizer.WatchChanges();
        }
        _trainSquares = TotalSumOfSquares.Of(options.Source.Targets.Span, options.Train);
        _validationSquares = TotalSumOfSquares.Of(options.Source.Targets.Span, options.Validation);
        _order = [.. options.Train];
        _stepsPerEpoch = options.StepsPerEpoch;
        _fingerprint = $"{options.Model.Name} with {_network.Parameters.Values.numel()} parameters, {options.Optimizer.Name}, "
            + $"{options.Train.Length} rows by {options.RowsPerStep}, {options.Epochs} epochs, seed {options.Seed}"
            + (options.Precision == Precision.Float32 ? "" : $", {options.Precision}")
            + (options.Device == Devices.Cpu ? "" : $", on {options.Device}")
            + (options.TargetScale is { } scale ? string.Create(CultureInfo.InvariantCulture, $", targets less {scale.Mean:R} over {scale.Deviation:R}") : "");
        Progress = new TrainerProgress(options.Time, _stepsPerEpoch, options.Epochs);
        if (options.Checkpoint is { } bytes)
        {
            Restore(Checkpoint.Read(bytes, _fingerprint));
        }
        Progress.At(_epoch, _stepInEpoch);
    }

    public TrainerProgress Progress { get; }

    /// <summary>Epochs finished.</summary>
    public int Epoch => _epoch;

    /// <summary>The network's parameters; for tests and diagnoses.</summary>
    public FlatParameters Parameters => _network.Parameters;

    private double TargetUnit => _options.TargetScale?.Deviation ?? 1;

    private long Step => (_epoch * _stepsPerEpoch) + _stepInEpoch;

    private NetworkOptions NetworkOptions => new()
    {
        // With accumulation each batch is a pass of its own, however small: batch normalisation sees one batch at a time.
        Chunk = Math.Clamp(_options.RowsPerPass, _options.Accumulation > 1 ? 1 : TrainerOptions.DefaultBatchSize, Network.DefaultChunk),
        Seed = Seeds.Derive(_options.Seed, SeedPurpose.Dropout),
        Loss = _options.Loss,
        LabelSmoothing = _options.LabelSmoothing,
        Precision = _options.Precision,
        Device = _options.Device,
    };

    /// <summary>Trains the next epoch, or the rest of the current one.</summary>
    /// <exception cref="InvalidOperationException">All epochs are trained, or the training has diverged.</exception>
    public EpochResult TrainEpoch(CancellationToken stop)
    {
        if (_diverged || _epoch >= _options.Epochs)
        {
            throw new InvalidOperationException(_diverged ? "the training has diverged" : $"all {_options.Epochs} epochs are trained");
        }
        var started = _options.Time.GetTimestamp();
        Progress.Begin(_epoch, _stepInEpoch);
        ShuffleRows();
        _augmentation = EpochAugmentation();
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

    /// <summary>The metrics, without a prefix, on all rows of another data set with the same features and scale of targets, the test set say.</summary>
    public IReadOnlyDictionary<string, double> Evaluate(BatchSource source)
    {
        using var network = Network.Compile(_module, source, NetworkOptions);
        int[] rows = [.. Enumerable.Range(0, (int)source.Rows)];
        var sums = EvaluateWeights(network, rows);
        return MetricRegistry.Of(sums, rows.Length, source, _options.Loss, TotalSumOfSquares.Of(source.Targets.Span, rows), evaluated: true, TargetUnit)
            .ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);
    }

    /// <summary>The weights that are evaluated: parameters, then buffers. Numbers are predicted in their own unit with them.</summary>
    public IReadOnlyList<NamedWeights> EvaluationWeights()
    {
        IReadOnlyList<NamedWeights> evaluated = [];
        AtEvaluationPoint(() => evaluated = _weights.WithAverage(() => _statistics is null ? Copy() : _statistics.WithRecomputedBatchNorm(Copy)));
        if (_options.TargetScale is { } targets)
        {
            OutputLayer.ToUnitOf([.. evaluated.Take(_module.named_parameters().Count())], targets);
        }
        return evaluated;

        List<NamedWeights> Copy() =>
        [
            .. _module.named_parameters().Concat(_module.named_buffers())
                .Select(named => new NamedWeights(named.Item1, [.. named.Item2.shape], named.Item2.data<float>())),
        ];
    }

    /// <summary>The state from which a trainer with the same options continues with the same bits, at the current step.</summary>
    public byte[] SaveCheckpoint() => new Checkpoint
    {
        Fingerprint = _fingerprint,
        Epoch = _epoch,
        StepInEpoch = _stepInEpoch,
        LossSum = _sums.LossSum,
        Correct = _sums.Correct,
        Absolute = _sums.Absolute,
        Samples = _samples,
        Seconds = _seconds,
        EarlierSeconds = _earlierSeconds,
        ReachedAt = _reachedAt,
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
        : options.Source.HasTargets && options.Loss != LossKind.MeanSquares ? throw new TrainingException("task.loss: numbers are predicted with mse")
        : options.Augmentation is { } moved && moved.Channels * moved.Height * moved.Width != options.Source.Features
            ? throw new TrainingException($"augmentation: rows of {options.Source.Features} features are no images of {moved.Channels} by {moved.Height} by {moved.Width}")
        : options.Precision == Precision.BFloat16 && Network.BFloat16Error is { } narrow ? throw new TrainingException($"task.precision: {narrow}")
        : Devices.FindError(options.Device) is { } elsewhere ? throw new TrainingException($"task.device: {elsewhere}")
        : options.Epochs < 1 ? throw new TrainingException($"task.epochs: {options.Epochs} is not at least 1")
        : options;

    /// <summary>Orders the epoch's rows by the split and the epoch's own seed, independently of the previous epoch.</summary>
    private void ShuffleRows()
    {
        _options.Train.CopyTo(_order, 0);
        if (!_options.Optimizer.FullBatch)
        {
            Shuffle.InPlace(_order, Seeds.Derive(_options.Seed, SeedPurpose.Shuffle, _epoch));
        }
    }

    /// <summary>The epoch's augmentation: different for each epoch, the same when an epoch is resumed.</summary>
    private Augmentation? EpochAugmentation() =>
        _options.Augmentation is { } augmentation ? augmentation with { Key = Seeds.Derive(_options.Seed, SeedPurpose.Augmentation, _epoch) } : null;

    private EpochResult.Diverged? TrainStep()
    {
        var step = Step;
        var start = (int)_stepInEpoch * _options.RowsPerStep;
        var rows = _order.AsSpan(start, Math.Min(_options.RowsPerStep, _order.Length - start));
        _rate = _options.Schedule.RateAt(step);
        var sums = _network.Gradient(rows, step, _augmentation);
        var loss = sums.LossSum / rows.Length;
        _options.StepObserver?.Invoke(new StepObservation(step, loss, sums.Correct, rows.Length));
        if (!double.IsFinite(loss))
        {
            return Diverge(step, loss, $"the loss is {Name(loss)}");
        }
        if (_options.Schedule is IGradientWatchingSchedule watching)
        {
            var detail = watching.DetailAt(step);
            var gradient = detail == GradientDetail.None ? default : _optimizer.Statistics(detail == GradientDetail.Comparison, stepFollows: true);
            watching.ObserveGradient(new GradientObservation(step, loss, gradient));
            _rate = watching.RateAt(step);
            if (watching.Detail == GradientDetail.Comparison)
            {
                _optimizer.WatchChanges(watching.DetailAt(step + 1) == GradientDetail.Comparison);
            }
        }
        if (_options.Schedule is IMomentumSchedule schedule && schedule.MomentumAt(step) is { } momentum)
        {
            _optimizer.SetMomentum(momentum);
        }
        _optimizer.LearningRate = _rate;
        _optimizer.step();
        _weights.ClipNorms();
        if (_options.Averaging > 0)
        {
            AtEvaluationPoint(_weights.Average);
        }
        _sums += sums;
        _samples += rows.Length;
        _stepInEpoch++;
        Progress.Stepped(_stepInEpoch, _rate, rows.Length);
        return null;
    }

    private EpochResult Finish(long started)
    {
        if (!ParametersAreFinite())
        {
            return Diverge(Step - 1, _sums.LossSum / _samples, "a parameter is not finite");
        }
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        Add(MetricRegistry.Train, _sums, _samples, _trainSquares, evaluated: false);
        if (_options.Validation is { Length: > 0 } validation)
        {
            var sums = EvaluateWeights(_network, validation);
            var loss = sums.LossSum / validation.Length;
            if (!double.IsFinite(loss))
            {
                return Diverge(Step - 1, loss, $"the validation loss is {Name(loss)}");
            }
            Add(MetricRegistry.Validation, sums, validation.Length, _validationSquares, evaluated: true);
        }
        _seconds += _options.Time.GetElapsedTime(started).TotalSeconds;
        AddWhole(metrics);
        var report = new EpochReport
        {
            Epoch = _epoch + 1,
            Steps = Step,
            LearningRate = _rate,
            Metrics = metrics,
            Seconds = _seconds,
            Samples = _samples,
            Experiences = (_options.Schedule as ILearningSchedule)?.TakeExperiences(),
        };
        _epoch++;
        _earlierSeconds += _seconds;
        (_stepInEpoch, _sums, _samples, _seconds) = (0, default, 0, 0);
        Progress.At(_epoch, 0);
        (_options.Schedule as IEpochWatchingSchedule)?.ObserveEpoch(new EpochObservation(_epoch, report.Steps, metrics));
        return new EpochResult.Finished(report);

        void Add(string prefix, BatchLoss sums, long rows, double totalSquares, bool evaluated)
        {
            foreach (var (name, value) in MetricRegistry.Of(sums, rows, _options.Source, _options.Loss, totalSquares, evaluated, TargetUnit))
            {
                metrics[prefix + name] = value;
            }
        }
    }

    /// <summary>Adds the metrics of the training as a whole at the end of an epoch.</summary>
    private void AddWhole(Dictionary<string, double> metrics)
    {
        if (_options.Target is { } target)
        {
            if (_reachedAt == 0 && target.IsReached(metrics))
            {
                _reachedAt = _epoch + 1;
            }
            metrics[MetricRegistry.EpochsToTarget] = _reachedAt > 0 ? _reachedAt : double.NaN;
        }
        if (_options.ReportsSeconds)
        {
            metrics[MetricRegistry.Seconds] = _earlierSeconds + _seconds;
        }
    }

    /// <summary>Evaluates the averaged weights, if there are any, with batch normalisation's statistics recomputed for them.</summary>
    private BatchLoss EvaluateWeights(INetwork network, int[] rows)
    {
        var sums = default(BatchLoss);
        AtEvaluationPoint(() => sums = _weights.WithAverage(() => _statistics is null ? network.Evaluate(rows) : _statistics.WithRecomputedBatchNorm(() => network.Evaluate(rows))));
        return sums;
    }

    /// <summary>Runs with the parameters at the optimizer's evaluation point, which for some optimizers is not where gradients are taken.</summary>
    private void AtEvaluationPoint(Action body)
    {
        _optimizer.eval();
        try
        {
            body();
        }
        finally
        {
            _optimizer.train();
        }
    }

    private bool ParametersAreFinite()
    {
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();

        // 0 · x is 0 for every finite x and NaN for all others, so the sum cannot overflow.
        return !float.IsNaN((float)(_network.Parameters.Values * 0).sum().item<float>());
    }

    private static string Name(double loss) => double.IsNaN(loss) ? "not a number" : "infinite";

    private EpochResult.Diverged Diverge(long step, double loss, string reason)
    {
        _diverged = true;
        return new EpochResult.Diverged(step, _epoch + 1, _rate, loss, reason);
    }

    private void Restore(Checkpoint from)
    {
        (_epoch, _stepInEpoch, _seconds, _rate) = (from.Epoch, from.StepInEpoch, from.Seconds, from.LearningRate);
        (_sums, _samples) = (new BatchLoss(from.LossSum, from.Correct, Absolute: from.Absolute), from.Samples);
        (_earlierSeconds, _reachedAt) = (from.EarlierSeconds, from.ReachedAt);
        _weights.Load(from.Parameters);
        _optimizer.Load(from.Optimizer);
        if (_options.Schedule is IStatefulSchedule schedule)
        {
            schedule.RestoreState(from.Schedule);
        }
    }
}
