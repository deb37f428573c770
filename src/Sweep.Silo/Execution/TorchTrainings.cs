using System.Collections.Concurrent;
using Sweep.Grains;
using Sweep.Search;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Silo.Hosting;
using Sweep.Store;
using Sweep.Torch;
using Sweep.Training;
using Sweep.Training.Data;
using Sweep.Training.Models;
using Sweep.Training.Optimizers;
using Sweep.Training.Randomness;
using Sweep.Training.Schedules;
using Sweep.Training.Schedules.Controller;
using Checkpoint = Sweep.Store.Checkpoint;

namespace Sweep.Silo.Execution;

/// <summary>Trains a sweep's trials with libtorch: each data set is loaded once and shared by all of them, read-only.</summary>
public sealed class TorchTrainings : ITrainings, ITestsWinners, ILearnsAcrossTrials, IExportsWeights
{
    private readonly SweepSpec _spec;
    private readonly Dictionary<string, Task<Dataset>> _loads;
    private readonly Dictionary<string, Dataset> _datasets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Dataset, Standardization? Targets), Lazy<BatchSource>> _sources = new();
    private readonly ConcurrentDictionary<(string Dataset, Standardization? Targets), Lazy<BatchSource>> _testSources = new();
    private readonly ConcurrentDictionary<(string Dataset, double Fraction), Lazy<DataParts>> _parts = new();

    private TorchTrainings(SweepSpec spec, Dictionary<string, Task<Dataset>> loads) => (_spec, _loads) = (spec, loads);

    /// <inheritdoc/>
    /// <remarks>The kernels that trials compute with here.</remarks>
    public string NumericsProfile => torch.numerics_profile().Text;

    /// <summary>Finds the data sets that a sweep's trials read, and begins to load them and libtorch.</summary>
    /// <param name="say">Told in a line what has to be fetched first.</param>
    /// <exception cref="NotFoundException">One of them is not on this machine, and cannot be fetched; or a device or precision is not to be had.</exception>
    public static TorchTrainings Prepare(SweepSpec spec, Action<string> say)
    {
        foreach (var (path, message) in MachineNeeds.Of(spec))
        {
            throw new NotFoundException($"{path}: {message}");
        }

        var locations = DatasetLocations.FromEnvironment();
        var names = DatasetsOf(spec);
        var options = DataSettings.Of(spec);
        var cache = new DatasetCache(locations, options);
        try
        {
            foreach (var name in names)
            {
                DatasetRegistry.FetchMissing(name, locations, say);
                DatasetRegistry.RequirePresent(name, locations, options);
            }
        }
        catch (TrainingException e)
        {
            throw new NotFoundException(e.Message, e);
        }

        ColdStart.Begin();
        return new TorchTrainings(
            spec, names.ToDictionary(name => name, name => cache.GetAsync(name, CancellationToken.None), StringComparer.Ordinal));
    }

    /// <summary>Waits for the data, which trials need before they start, and gives the SHA-256 of each file that was read, by data set and file name.</summary>
    /// <exception cref="BadDataException">A file is bad, or the data do not allow what the sweep asks of them.</exception>
    public async Task<IReadOnlyDictionary<string, string>> LoadInputsAsync(CancellationToken cancellationToken)
    {
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, load) in _loads)
        {
            try
            {
                var dataset = await load.WaitAsync(cancellationToken);
                _datasets[name] = dataset;
                if (TaskChecks.FindError(_spec, dataset, fraction => PartsOf(name, dataset, fraction)) is { } error)
                {
                    throw new BadDataException(error);
                }

                foreach (var file in dataset.Train.Files)
                {
                    inputs[$"{name}/{file.Name}"] = file.Sha256;
                }
            }
            catch (TrainingException e)
            {
                throw new BadDataException(e.Message, e);
            }
        }

        return inputs;
    }

    /// <inheritdoc/>
    public int Generation => ControllerPolicy.Generation;

    /// <inheritdoc/>
    public bool Learns(Configuration configuration) =>
        ScheduleRegistry.Find(new TrialSettings(_spec, configuration).Text("schedule", TaskSettings.DefaultSchedule)).LearnsAcrossTrials;

    /// <inheritdoc/>
    public byte[] Fold(ReadOnlyMemory<byte> state, IReadOnlyList<ReadOnlyMemory<byte>> reports) => ControllerPolicy.Fold(state.Span, reports);

    /// <inheritdoc/>
    public ITraining Start(TrialRecord trial, Checkpoint? checkpoint) => new TorchTraining(CreateTrainer(trial, checkpoint, out _, out _));

    /// <inheritdoc/>
    public TrialTest? Test(TrialRecord trial, Checkpoint checkpoint)
    {
        try
        {
            // Training is over: what it used makes room for the test set.
            torch.release_memory();
            using var trainer = CreateTrainer(trial, checkpoint, out var name, out var scale);
            var dataset = _datasets[name];
            if (!dataset.HasTest)
            {
                return null;
            }

            var files = dataset.GetTest().Files;
            var source = _testSources.GetOrAdd((name, scale), _ => new Lazy<BatchSource>(() => ToSource(dataset, dataset.GetTest(), scale))).Value;
            return new TrialTest(
                trial.Id,
                TestMetrics(trainer.Evaluate(source)),
                files.ToDictionary(file => $"{TrialTest.TestPrefix}{name}/{file.Name}", file => file.Sha256, StringComparer.Ordinal));
        }
        catch (TrainingException e)
        {
            throw new SweepException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, IReadOnlyList<long> Shape)> ExportWeights(TrialRecord trial, Checkpoint checkpoint, Stream stream)
    {
        try
        {
            using var trainer = CreateTrainer(trial, checkpoint, out _, out _);
            var weights = trainer.EvaluationWeights();
            StateDictFile.Write(stream, weights);
            return [.. weights.Select(weight => (weight.Name, weight.Shape))];
        }
        catch (TrainingException e)
        {
            throw new SweepException(e.Message, e);
        }
    }

    public void Dispose()
    {
        foreach (var source in _sources.Values.Concat(_testSources.Values))
        {
            source.Value.Dispose();
        }

        // The data are few objects of tens of megabytes: left to itself the collector keeps those of one sweep while the next one's are loaded.
        _sources.Clear();
        _testSources.Clear();
        _datasets.Clear();
        _loads.Clear();
        _parts.Clear();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private Trainer CreateTrainer(TrialRecord trial, Checkpoint? checkpoint, out string name, out Standardization? scale)
    {
        var settings = new TrialSettings(_spec, Configuration.Parse(trial.Parameters));
        var task = settings.Under("task.", TaskSettings.All);
        name = task.Text("dataset");
        var dataset = _datasets[name];
        (var split, scale) = PartsOf(name, dataset, task.Number("validation_fraction"));

        var model = ModelRegistry.Get(settings.Text("task.model", TaskSettings.DefaultModel));
        var optimizer = OptimizerRegistry.Get(settings.Text("optimizer", TaskSettings.DefaultOptimizer));
        var schedule = ScheduleRegistry.Find(settings.Text("schedule", TaskSettings.DefaultSchedule));
        var shape = Shape(dataset);
        var (shift, flip) = (task.Integer("augment_shift"), task.Boolean("augment_flip"));
        var (batchSize, epochs, accumulation) = ((int)task.Integer("batch_size"), (int)task.Integer("epochs"), (int)task.Integer("accumulation"));
        return new Trainer(new TrainerOptions
        {
            Source = SourceOf(name, dataset, scale),
            TargetScale = scale,
            Train = split.Train,
            Validation = split.Validation,
            Model = model,
            ModelSettings = settings.Under("task.", model.Settings, shape),
            Optimizer = optimizer,
            OptimizerSettings = settings.Under("optimizer.", optimizer.Settings),
            Schedule = schedule.Create(
                settings.Under("schedule.", schedule.Settings),
                new ScheduleContext
                {
                    LearningRate = settings.LearningRate ?? optimizer.DefaultRate,
                    Epochs = epochs,
                    StepsPerEpoch = TrainerOptions.CountSteps(split.Train.Length, batchSize, optimizer.FullBatch, accumulation),
                    Policy = trial.Policy,
                }),
            BatchSize = batchSize,
            Accumulation = accumulation,
            Loss = TaskChecks.LossOf(settings.GivenText("task.loss"), dataset.PredictsNumbers),
            Augmentation = shift > 0 || flip ? new Augmentation(dataset.Channels, dataset.Height, dataset.Width, shift, flip ? 1 : 0, Key: 0) : null,
            Target = task.NumberOrNull("target") is { } target ? new TargetRule(task.Text("target_metric"), target) : null,
            ReportsSeconds = TaskChecks.IsObjective(_spec, MetricRegistry.Seconds),
            LabelSmoothing = task.Number("label_smoothing"),
            Precision = task.Text("precision") == TaskSettings.BFloat16 ? Precision.BFloat16 : Precision.Float32,
            Device = task.Text("device"),
            Averaging = task.Number("ema"),
            MaxNorm = task.Number("max_norm") is > 0 and var limit ? limit : double.PositiveInfinity,
            Epochs = epochs,
            Seed = Seeds.Mix(Seeds.Mix((ulong)_spec.Search.Seed) ^ (ulong)trial.Replicate),
            Checkpoint = checkpoint?.Content.ToArray(),
        });
    }

    // Beside accuracy and loss, what the objectives name; all there is where numbers are predicted.
    private OrderedDictionary<string, double?> TestMetrics(IReadOnlyDictionary<string, double> metrics)
    {
        IEnumerable<string> names = metrics.ContainsKey("accuracy")
            ? ["accuracy", "loss", .. metrics.Keys.Where(m => TaskChecks.IsObjective(_spec, MetricRegistry.Validation + m) || TaskChecks.IsObjective(_spec, MetricRegistry.Train + m))]
            : ["r2", "mae", "rmse", "loss"];
        return new(names.Distinct(StringComparer.Ordinal).Select(m => KeyValuePair.Create(m, (double?)metrics[m])), StringComparer.Ordinal);
    }

    // What models would otherwise guess from a row's length.
    private static Dictionary<string, object> Shape(Dataset dataset) =>
        dataset.IsImages ? new(StringComparer.Ordinal) { ["image"] = new long[] { dataset.Channels, dataset.Height, dataset.Width }, ["length"] = (long)dataset.Height }
        : dataset.Window > 0 ? new(StringComparer.Ordinal) { ["length"] = (long)dataset.Window }
        : [];

    internal static List<string> DatasetsOf(SweepSpec spec) => SpecValues.Texts(spec, "task.dataset", TaskSettings.DefaultDataset);

    private BatchSource SourceOf(string name, Dataset dataset, Standardization? scale) =>
        _sources.GetOrAdd((name, scale), _ => new Lazy<BatchSource>(() => ToSource(dataset, dataset.Train, scale))).Value;

    private static BatchSource ToSource(Dataset dataset, LabelledImages images, Standardization? scale)
    {
        if (images.Symbols is { } symbols)
        {
            using var sequence = torch.from_memory<int>(symbols, symbols.Length);
            return BatchSource.OfWindows(sequence, dataset.Window, dataset.ClassCount);
        }

        if (scale is not null)
        {
            using var features = torch.from_memory<float>(images.Values!, images.Count, dataset.Features);
            using var targets = torch.from_array(Array.ConvertAll(images.Targets!, target => (float)scale.Apply(target)));
            return BatchSource.OfTargets(features, targets);
        }

        using var labels = torch.from_memory<long>(images.Labels, images.Count);
        if (images.Values is { } values)
        {
            using var rows = torch.from_memory<float>(values, images.Count, dataset.Features);
            return new BatchSource(rows, labels, dataset.ClassCount);
        }

        var (mean, deviation) = (dataset.Normalization.Mean[0], dataset.Normalization.StandardDeviation[0]);
        using var data = torch.from_memory<byte>(images.Pixels, images.Count, dataset.Features);
        return new BatchSource(data, labels, dataset.ClassCount, 1 / (255.0 * deviation), -(double)mean / deviation);
    }

    private DataParts PartsOf(string name, Dataset dataset, double fraction) => _parts.GetOrAdd(
        (name, fraction),
        _ => new Lazy<DataParts>(() => DataParts.Of(dataset, fraction, _spec.Search.Seed))).Value;
}
