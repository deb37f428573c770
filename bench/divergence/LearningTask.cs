using Sweep.Search.Settings;
using Sweep.Torch;
using Sweep.Training;
using Sweep.Training.Data;
using Sweep.Training.Models;

namespace Sweep.Bench.Divergence;

/// <summary>A small training task: data, a network and a length. All of its trials share the data.</summary>
internal sealed class LearningTask : IDisposable
{
    private const string Text = "/usr/share/common-licenses/GPL-3";
    private const int Window = 16;
    private const int Epochs = 6;

    // Rows on which the untrained network's loss is measured.
    private const int FirstRows = 1024;

    private readonly string _model;
    private readonly Dictionary<string, object?> _settings;
    private readonly int _rows;
    private readonly int _batchSize;
    private readonly int _validationRows;

    private LearningTask(string name, bool isSlow, Func<int, BatchSource> source, Func<Range, ConstantPrediction> constant, string model, Dictionary<string, object?> settings)
    {
        (Name, _model, _settings) = (name, model, settings);

        // 600 or 300 steps: what takes longer has fewer and smaller ones.
        (_rows, _batchSize, _validationRows) = isSlow ? (800, 16, 500) : (3200, 32, 1000);
        (Source, First) = (source(int.MaxValue), source(FirstRows));
        Constant = constant(.._rows);
        ValidationConstant = Source.HasTargets ? 0 : constant(^_validationRows..).Accuracy;
    }

    public string Name { get; }

    public BatchSource Source { get; }

    /// <summary>The first training rows.</summary>
    public BatchSource First { get; }

    /// <summary>The best constant prediction on the training rows.</summary>
    public ConstantPrediction Constant { get; }

    /// <summary>What always predicting the same reaches on the validation rows, in <see cref="Metric"/>.</summary>
    public double ValidationConstant { get; }

    /// <summary>The metric that a trial is judged by; more is better.</summary>
    public string Metric => Source.HasTargets ? "val_r2" : "val_accuracy";

    /// <summary>Fashion-MNIST with one hidden layer of 64 units.</summary>
    public static LearningTask Mlp() => Images("mlp", isSlow: false, "mlp", new(StringComparer.Ordinal) { ["hidden"] = new List<long> { 64 } });

    /// <summary>Fashion-MNIST with two small convolutions.</summary>
    public static LearningTask Cnn() => Images(
        "cnn",
        isSlow: true,
        "cnn",
        new(StringComparer.Ordinal) { ["channels"] = new List<long> { 6, 8 }, ["block"] = 1L, ["dense"] = new List<long> { 32 }, ["block_dropout"] = 0.0, ["dropout"] = 0.0, ["image"] = new long[] { 1, 28, 28 } });

    /// <summary>The next character of an English text (the GNU General Public License) after 16, by a GRU of 32 units.</summary>
    public static LearningTask Characters()
    {
        var set = DatasetRegistry.Load($"text:{Text}", DatasetLocations.FromEnvironment(), new DatasetOptions { Window = Window });
        return new LearningTask(
            "characters",
            isSlow: true,
            rows =>
            {
                var count = (int)Math.Min(set.Train.Symbols!.Length, (long)rows + Window);
                using var symbols = torch.from_memory<int>(set.Train.Symbols.AsMemory(0, count), count);
                return BatchSource.OfWindows(symbols, Window, set.ClassCount);
            },
            rows => ConstantPrediction.OfClasses(set.Train.Labels.AsSpan()[rows], set.ClassCount),
            "gru",
            new(StringComparer.Ordinal) { ["units"] = 32L, ["length"] = (long)Window });
    }

    /// <summary>A noisy linear function of eight numbers, by one hidden layer of 32 units.</summary>
    public static LearningTask Regression()
    {
        var set = DatasetRegistry.Load(
            "noisy_linear", DatasetLocations.FromEnvironment(), new DatasetOptions { Rows = 4200, Noise = 0.3, PredictsNumbers = true });
        return new LearningTask(
            "regression",
            isSlow: false,
            rows =>
            {
                var count = Math.Min(rows, set.Train.Count);
                using var data = torch.from_memory<float>(set.Train.Values!.AsMemory(0, count * set.Features), count, set.Features);
                using var targets = torch.from_array(Array.ConvertAll(set.Train.Targets![..count], target => (float)target));
                return BatchSource.OfTargets(data, targets);
            },
            rows => ConstantPrediction.OfNumbers(set.Train.Targets!.AsSpan()[rows]),
            "mlp",
            new(StringComparer.Ordinal) { ["hidden"] = new List<long> { 32 } });
    }

    public TrainerOptions Options(ulong seed, TrialSetting trial, Action<StepObservation> observer)
    {
        var (model, optimizer) = (ModelRegistry.Get(_model), trial.Optimizer);
        return new TrainerOptions
        {
            Source = Source,
            Train = [.. Enumerable.Range(0, _rows)],
            Validation = [.. Enumerable.Range((int)Source.Rows - _validationRows, _validationRows)],
            Model = model,
            ModelSettings = new SettingValues(_settings, model.Settings),
            Optimizer = optimizer,
            OptimizerSettings = new SettingValues(new Dictionary<string, object?>(StringComparer.Ordinal), optimizer.Settings),
            Schedule = trial.Schedule(Epochs, TrainerOptions.CountSteps(_rows, _batchSize, optimizer.FullBatch)),
            Loss = Source.HasTargets ? LossKind.MeanSquares : LossKind.CrossEntropy,
            BatchSize = _batchSize,
            Epochs = Epochs,
            Seed = seed,
            StepObserver = observer,
        };
    }

    public void Dispose()
    {
        Source.Dispose();
        First.Dispose();
    }

    private static LearningTask Images(string name, bool isSlow, string model, Dictionary<string, object?> settings)
    {
        var set = DatasetRegistry.Load("fashion-mnist", DatasetLocations.FromEnvironment());
        var (mean, deviation) = (set.Normalization.Mean[0], set.Normalization.StandardDeviation[0]);
        return new LearningTask(
            name,
            isSlow,
            limit =>
            {
                var count = Math.Min(limit, set.Train.Count);
                using var data = torch.from_memory<byte>(set.Train.PixelMemory[..(count * set.Features)], count, set.Features);
                using var labels = torch.from_memory<long>(set.Train.Labels.AsMemory(0, count), count);
                return new BatchSource(data, labels, set.ClassCount, 1 / (255.0 * deviation), -(double)mean / deviation);
            },
            where => ConstantPrediction.OfClasses(set.Train.Labels.AsSpan()[where], set.ClassCount),
            model,
            settings);
    }
}
