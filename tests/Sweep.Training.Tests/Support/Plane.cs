using Sweep.Torch;
using Sweep.Training.Data;
using Sweep.Training.Models;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;

namespace Sweep.Training.Tests.Support;

/// <summary>The set noisy_linear with numbers to predict: y = unit · (w·x + noise) + offset, |w| = 1, x normal; standardised by the rows trained on.</summary>
internal sealed class Plane : IDisposable
{
    public const double Noise = 0.1;
    private const int Rows = 500;

    private readonly float[] _values;

    public Plane(double unit = 1, double offset = 0)
    {
        var set = DatasetRegistry.Load("noisy_linear", new DatasetLocations(null, "none"), new DatasetOptions { Rows = Rows, Noise = Noise, PredictsNumbers = true });
        using var data = torch.from_memory<float>(set.Train.Values!, Rows, set.Features);
        _values = set.Train.Values!;
        Targets = Array.ConvertAll(set.Train.Targets!, t => (unit * t) + offset);
        Scale = Standardization.Of(Targets.AsSpan(0, 400));
        using var targets = torch.from_array(Array.ConvertAll(Targets, t => (float)Scale.Apply(t)));
        Source = BatchSource.OfTargets(data, targets);
    }

    public BatchSource Source { get; }

    public Standardization Scale { get; }

    /// <summary>In their own unit.</summary>
    public double[] Targets { get; }

    public ReadOnlySpan<float> Row(int row) => _values.AsSpan(row * (int)Source.Features, (int)Source.Features);

    public TrainerOptions Options(string model = "linear", double rate = 0.01) => new()
    {
        Source = Source,
        TargetScale = Scale,
        Train = [.. Enumerable.Range(0, 400)],
        Validation = [.. Enumerable.Range(400, 100)],
        Model = ModelRegistry.Get(model),
        ModelSettings = Values.Of(ModelRegistry.Get(model).Settings),
        Optimizer = OptimizerRegistry.Get("adam"),
        OptimizerSettings = Values.Of(OptimizerRegistry.Get("adam").Settings),
        Schedule = new Constant(rate),
        Loss = LossKind.MeanSquares,
        BatchSize = 32,
        Epochs = 30,
        Seed = 3,
    };

    public void Dispose() => Source.Dispose();

    private sealed class Constant(double rate) : ISchedule
    {
        public double RateAt(long step) => rate;
    }
}
