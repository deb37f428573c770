using Sweep.Torch;
using Sweep.Training.Models;
using Sweep.Training.Optimizers;
using Sweep.Training.Randomness;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

/// <summary>Batch normalisation at weights that are evaluated but not trained on.</summary>
/// <remarks>One batch is all rows, so what the statistics are taken over does not depend on chance. Taking them is checked against PyTorch in BatchNormTests.</remarks>
public sealed class NormStatisticsTests
{
    private const double Decay = 0.6;

    public static TheoryData<string, string, double> Cases()
    {
        var cases = new TheoryData<string, string, double>();
        foreach (var model in (string[])["mlp", "cnn", "resnet8"])
        {
            cases.Add(model, "sgd", Decay);
            cases.Add(model, "schedule_free_sgd", 0);
            cases.Add(model, "schedule_free_adamw", Decay);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Validation_AtAnAverage_HasTheAveragesOwnStatistics(string model, string optimizer, double decay)
    {
        using var blobs = new Blobs(500, 144);
        var options = Options(blobs, model, optimizer) with { Averaging = decay };
        var (reports, _) = Trainings.ToTheEnd(options);
        var (expected, running) = ByHand(options);
        Assert.All(expected.Zip(reports), pair => Assert.Equal(pair.First, pair.Second.Metrics["val_loss"], 1e-4 * pair.First));
        // Else this would show nothing.
        Assert.True(Math.Abs(running[^1] - expected[^1]) > 1e-3 * expected[^1], $"with running averages {running[^1]}, with their own {expected[^1]}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Training_WithStatisticsTakenAgain_InterruptedAndResumed_HasTheSameBits(string model, string optimizer, double decay)
    {
        using var blobs = new Blobs(500, 144);
        var options = Options(blobs, model, optimizer) with { BatchSize = 48, Averaging = decay };
        var (reports, parameters) = Trainings.ToTheEnd(options);
        using var stop = new CancellationTokenSource();
        var at = (2 * options.StepsPerEpoch) - 3;
        using var first = new Trainer(options with { Schedule = StoppingSchedule.Around(options.Schedule, at, stop) });
        first.TrainEpoch(stop.Token);
        Assert.Equal(new EpochResult.Stopped(1, options.StepsPerEpoch - 2), first.TrainEpoch(stop.Token));
        using var second = new Trainer(options with { Checkpoint = first.SaveCheckpoint() });

        var (rest, resumed) = Trainings.ToTheEnd(second, options.Epochs);

        Assert.All(reports.Skip(1).Zip(rest), pair => Trainings.AssertSameBits(pair.First, pair.Second));
        Assert.Equal(parameters, resumed);
        using var again = new Trainer(options with { Checkpoint = second.SaveCheckpoint() });
        Assert.Equal(second.Evaluate(blobs.Source), again.Evaluate(blobs.Source));
    }

    [Fact]
    public void Training_WithStatisticsTakenAgain_IsTheTrainingWithout()
    {
        using var blobs = new Blobs(500, 144);
        var options = Options(blobs, "mlp", "sgd") with { BatchSize = 48 };
        var (plain, parameters) = Trainings.ToTheEnd(options);
        var (averaged, same) = Trainings.ToTheEnd(options with { Averaging = Decay });
        Assert.Equal(parameters, same);
        Assert.All(plain.Zip(averaged), pair => Assert.Equal(pair.First.Metrics["train_loss"], pair.Second.Metrics["train_loss"]));
    }

    /// <summary>The loop written out: after each step the statistics of all training rows at the answer, and beside it the running averages.</summary>
    private static (List<double> Own, List<double> Running) ByHand(TrainerOptions options)
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(Seeds.Derive(options.Seed, SeedPurpose.Initialisation));
        using var module = options.Model.Build(options.Source.Features, options.Source.Classes, options.ModelSettings, generator);
        using var network = Network.Compile(module, options.Source, options.Train.Length);
        using var optimizer = options.Optimizer.Create(network.Parameters, options.OptimizerSettings);
        var values = network.Parameters.Values;
        var average = values.data<float>();
        var (own, running) = (new List<double>(), new List<double>());
        for (var step = 0; step < options.Epochs; step++)
        {
            network.Gradient(options.Train, step);
            optimizer.LearningRate = options.Schedule.RateAt(step);
            optimizer.step();
            optimizer.eval();
            var answer = values.data<float>();
            average = [.. average.Zip(answer, (a, x) => (float)((options.Averaging * a) + ((1 - options.Averaging) * x)))];
            using (torch.no_grad())
            {
                values.copy_(torch.tensor(average));
                float[][] buffers = [.. module.buffers().Select(b => b.data<float>())];
                running.Add(network.Evaluate(options.Validation).LossSum / options.Validation.Length);
                network.TakeStatistics(options.Train, options.Train.Length);
                own.Add(network.Evaluate(options.Validation).LossSum / options.Validation.Length);
                foreach (var (buffer, before) in module.buffers().Zip(buffers))
                {
                    buffer.copy_(torch.tensor(before));
                }
                values.copy_(torch.tensor(answer));
            }
            optimizer.train();
        }
        return (own, running);
    }

    private static TrainerOptions Options(Blobs blobs, string name, string optimizer)
    {
        var model = ModelRegistry.Get(name);
        var small = new List<long> { 4, 8 };
        return Trainings.Options(blobs, optimizer, OptimizerRegistry.Get(optimizer).ScheduleFree ? null : 0.05) with
        {
            BatchSize = blobs.Rows,
            Model = model,
            ModelSettings = name switch
            {
                "mlp" => Values.Of(model.Settings, ("hidden", new List<long> { 24, 12 }), ("batch_norm", true)),
                "cnn" => Values.Of(model.Settings, ("channels", small), ("dense", new List<long> { 16 }), ("batch_norm", true), ("block_dropout", 0.0), ("dropout", 0.0)),
                _ => Values.Of(model.Settings, ("channels", small)),
            },
        };
    }
}
