using System.Diagnostics;
using Sweep.Search.Settings;
using Sweep.Torch;
using Sweep.Training;
using Sweep.Training.Models;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;

namespace Sweep.Bench.Training;

/// <summary>Trains when asked to, in one slot or several (threads of this process), and says how fast.</summary>
internal static class Worker
{
    private const int Batch = 128;
    private const int Validation = 6_000;

    /// <summary>Enough for a rate, at a hundredth of an MLP's.</summary>
    private const int CnnRows = 5_120;

    public static int Serve(int slots, int epochs)
    {
        using var images = new Images();
        Train(images, "adam", 1, 0);
        Console.WriteLine("ready " + torch.numerics_profile().Text);
        while (Console.ReadLine() is { Length: > 0 } command)
        {
            Console.WriteLine(FormattableString.Invariant($"{(command == "sgemm" ? Gemm() : Rate(images, command, slots, epochs)):F1}"));
        }
        return 0;
    }

    /// <summary>Training samples a second of all slots together, evaluation's time included.</summary>
    private static double Rate(Images images, string optimizer, int slots, int epochs)
    {
        using var start = new Barrier(slots + 1);
        var threads = Enumerable.Range(0, slots).Select(slot => new Thread(() =>
        {
            using var trainer = Create(images, optimizer, epochs, (ulong)slot);
            start.SignalAndWait();
            Run(trainer, epochs);
        })).ToArray();
        Array.ForEach(threads, t => t.Start());
        start.SignalAndWait();
        var watch = Stopwatch.StartNew();
        Array.ForEach(threads, t => t.Join());
        var rows = optimizer.StartsWith("cnn ", StringComparison.Ordinal) ? CnnRows : Images.Rows - Validation;
        return (double)slots * epochs * rows / watch.Elapsed.TotalSeconds;
    }

    /// <summary>GFLOP/s of one core, on matrices that stay in its second cache.</summary>
    private static double Gemm()
    {
        const int n = 384;
        const int repetitions = 200;
        using var scope = torch.NewDisposeScope();
        var (a, b, c) = (torch.ones(n, n), torch.ones(n, n), torch.zeros(n, n));
        var best = 0.0;
        for (var round = 0; round < 5; round++)
        {
            var watch = Stopwatch.StartNew();
            Benchmarks.MultiplySquare(a, b, c, repetitions);
            best = Math.Max(best, 2.0 * n * n * n * repetitions / watch.Elapsed.TotalSeconds / 1e9);
        }
        return best;
    }

    private static void Train(Images images, string optimizer, int epochs, ulong seed)
    {
        using var trainer = Create(images, optimizer, epochs, seed);
        Run(trainer, epochs);
    }

    private static void Run(Trainer trainer, int epochs)
    {
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            if (trainer.TrainEpoch(CancellationToken.None) is not EpochResult.Finished)
            {
                throw new InvalidOperationException("the benchmark's training did not finish its epoch");
            }
        }
    }

    private static Trainer Create(Images images, string command, int epochs, ulong seed)
    {
        var (optimizer, precision) = (command, Precision.Float32);
        var (name, rows, validation) = ("mlp", Images.Rows - Validation, Validation);
        if (command.StartsWith("cnn ", StringComparison.Ordinal))
        {
            precision = command.EndsWith("bfloat16", StringComparison.Ordinal) ? Precision.BFloat16 : Precision.Float32;
            (optimizer, name, rows, validation) = ("adam", "cnn", CnnRows, 0);
        }
        var model = ModelRegistry.Get(name);
        var definition = OptimizerRegistry.Get(optimizer);

        // A step costs the same at any rate; at a small one none of them diverges.
        var rate = definition.DefaultRate < 1 ? Math.Min(definition.DefaultRate, 1e-3) : 1e-9;
        return new Trainer(new TrainerOptions
        {
            Source = images.Source,
            Train = [.. Enumerable.Range(0, rows)],
            Validation = [.. Enumerable.Range(rows, validation)],
            Precision = precision,
            Model = model,
            ModelSettings = new SettingValues(new Dictionary<string, object?>(), model.Settings),
            Optimizer = definition,
            OptimizerSettings = new SettingValues(new Dictionary<string, object?>(), definition.Settings),
            Schedule = new Fixed(rate),
            BatchSize = Batch,
            Epochs = epochs,
            Seed = seed,
        });
    }

    private sealed class Fixed(double rate) : ISchedule
    {
        public double RateAt(long step) => rate;
    }
}
