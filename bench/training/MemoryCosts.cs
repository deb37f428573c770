using System.Diagnostics;
using Sweep.Search.Settings;
using Sweep.Torch;
using Sweep.Training;
using Sweep.Training.Models;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;

namespace Sweep.Bench.Training;

/// <summary>What each further trial at the same time adds to the process's resident memory.</summary>
internal static class MemoryCosts
{
    private const int Trials = 6;
    private const int Validation = 6_000;
    private const double Mebibyte = 1 << 20;

    public static int Print(string model)
    {
        using var images = new Images();
        var before = Resident();
        Console.WriteLine(FormattableString.Invariant($"{model}, adam, batch 128: {Images.Rows} rows of {Images.Features} bytes are loaded; resident {before / Mebibyte:F1} MiB"));
        using var over = new ManualResetEventSlim();
        var threads = new List<Thread>();
        for (var number = 1; number <= Trials; number++)
        {
            using var trained = new ManualResetEventSlim();
            var seed = (ulong)number;
            var thread = new Thread(() =>
            {
                using var trainer = Create(images, model, seed);
                trainer.TrainEpoch(CancellationToken.None);
                trainer.SaveCheckpoint();
                trained.Set();
                over.Wait();
            });
            threads.Add(thread);
            thread.Start();
            trained.Wait();
            var after = Resident();
            Console.WriteLine(FormattableString.Invariant($"trial {number}, trained and validated an epoch, all still there: {(after - before) / Mebibyte,7:F1} MiB more"));
            before = after;
        }
        over.Set();
        threads.ForEach(t => t.Join());
        return 0;
    }

    private static Trainer Create(Images images, string name, ulong seed)
    {
        var (model, adam) = (ModelRegistry.Get(name), OptimizerRegistry.Get("adam"));
        var rows = name == "mlp" ? Images.Rows - Validation : 1_280;
        return new Trainer(new TrainerOptions
        {
            Source = images.Source,
            Train = [.. Enumerable.Range(0, rows)],
            Validation = [.. Enumerable.Range(Images.Rows - Validation, name == "mlp" ? Validation : 1_024)],
            Model = model,
            ModelSettings = new SettingValues(new Dictionary<string, object?>(), model.Settings),
            Optimizer = adam,
            OptimizerSettings = new SettingValues(new Dictionary<string, object?>(), adam.Settings),
            Schedule = ScheduleRegistry.Find("constant").Create(
                new SettingValues(new Dictionary<string, object?>(), ScheduleRegistry.Find("constant").Settings),
                new ScheduleContext { LearningRate = adam.DefaultRate, Epochs = 1, StepsPerEpoch = TrainerOptions.CountSteps(rows, TrainerOptions.DefaultBatchSize, false) }),
            Epochs = 1,
            Seed = seed,
        });
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
