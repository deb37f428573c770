using System.Diagnostics;
using System.Globalization;
using Sweep.Search.Settings;
using Sweep.Torch;
using Sweep.Training.Models;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;

namespace Sweep.Bench.Training;

/// <summary>What the parts of a step take: the gradient (data, forward, backward) and every optimizer.</summary>
internal static class Costs
{
    private const int Batch = 128;
    private const int Steps = 400;

    public static int Print()
    {
        using var images = new Images(Batch * 64);
        var model = ModelRegistry.Get("mlp");
        using var generator = new torch.Generator(1);
        using var module = model.Build(Images.Features, Images.Classes, Defaults(model.Settings), generator);
        using var network = Network.Compile(module, images.Source, Batch);
        int[] rows = [.. Enumerable.Range(0, Batch * 64)];
        var i = 0;
        Row("evaluate a batch", Measure(() => network.Evaluate(rows.AsSpan(i++ % 64 * Batch, Batch))));
        Row("gradient of a batch", Measure(() => network.Gradient(rows.AsSpan(i++ % 64 * Batch, Batch))));
        foreach (var definition in OptimizerRegistry.All)
        {
            using var optimizer = definition.Create(network.Parameters, Defaults(definition.Settings));
            optimizer.LearningRate = 1e-6;
            Row(definition.Name, Measure(optimizer.step));
        }
        Schedules(network, rows);
        return 0;
    }

    /// <summary>Data, forward, backward and optimizer (adam) of a model's step, each the fastest of so many, in microseconds a row.</summary>
    public static int PrintSplit(string name, Precision precision, int steps)
    {
        using var images = new Images(Batch * 64);
        var model = ModelRegistry.Get(name);
        using var generator = new torch.Generator(1);
        using var module = model.Build(Images.Features, Images.Classes, Defaults(model.Settings), generator);
        using var network = Network.Compile(module, images.Source, new NetworkOptions { Chunk = Batch, Precision = precision });
        var adam = OptimizerRegistry.Get("adam");
        using var optimizer = adam.Create(network.Parameters, Defaults(adam.Settings));
        int[] rows = [.. Enumerable.Range(0, Batch * 64)];
        var best = (Data: double.MaxValue, Forward: double.MaxValue, Backward: double.MaxValue, Optimizer: double.MaxValue);
        for (var step = 0; step < steps; step++)
        {
            var before = Benchmarks.Times(network)!.Value;
            network.Gradient(rows.AsSpan(step % 64 * Batch, Batch), step);
            var after = Benchmarks.Times(network)!.Value;
            var watch = Stopwatch.StartNew();
            optimizer.step();
            best = (
                Math.Min(best.Data, after.Data - before.Data),
                Math.Min(best.Forward, after.Forward - before.Forward),
                Math.Min(best.Backward, after.Backward - before.Backward),
                Math.Min(best.Optimizer, watch.Elapsed.TotalSeconds));
        }
        double[] parts = [best.Data, best.Forward, best.Backward, best.Optimizer];
        Console.WriteLine(string.Join(' ', parts.Select(p => (p / Batch * 1e6).ToString("F2", CultureInfo.InvariantCulture))));
        return 0;
    }

    // What a schedule adds to a step of SGD, the cheapest there is, in percent: the two are measured by turns, in
    // short rounds of which the best counts.
    private static void Schedules(INetwork network, int[] rows)
    {
        var sgd = OptimizerRegistry.Get("sgd");
        var context = new ScheduleContext { LearningRate = 1e-6, Epochs = 1_000_000, StepsPerEpoch = 422 };
        foreach (var definition in ScheduleRegistry.All)
        {
            using var plain = sgd.Create(network.Parameters, Defaults(sgd.Settings));
            using var watched = sgd.Create(network.Parameters, Defaults(sgd.Settings));
            var schedule = definition.Create(Defaults(definition.Settings), context);
            var watching = schedule as IGradientWatchingSchedule;
            var step = 0;
            plain.LearningRate = 1e-6;
            void Plain()
            {
                network.Gradient(rows.AsSpan(step++ % 64 * Batch, Batch));
                plain.step();
            }
            void Scheduled()
            {
                network.Gradient(rows.AsSpan(step++ % 64 * Batch, Batch));
                if (watching is not null)
                {
                    var detail = watching.DetailAt(step);
                    watching.ObserveGradient(new GradientObservation(step, 1, detail == GradientDetail.None ? default : watched.Statistics(detail == GradientDetail.Comparison, stepFollows: true)));
                    watched.WatchChanges(watching.DetailAt(step + 1) == GradientDetail.Comparison);
                }
                if (schedule is IMomentumSchedule { } momentum && momentum.MomentumAt(step) is { } value)
                {
                    watched.SetMomentum(value);
                }
                watched.LearningRate = schedule.RateAt(step);
                watched.step();
            }
            var (with, without) = (double.MaxValue, double.MaxValue);
            for (var round = 0; round < 400; round++)
            {
                without = Math.Min(without, Time(Plain, 3));
                with = Math.Min(with, Time(Scheduled, 3));
            }
            var (extra, whole) = (with - without, without);
            Console.WriteLine(FormattableString.Invariant($"schedule {definition.Name,-22} {extra,8:F2} us, {100 * extra / whole,6:F2} % of a step (by itself {Alone(schedule, watching):F3} us)"));
        }
    }

    // The managed part alone, beyond the noise of a whole step: what a schedule set in advance costs.
    private static double Alone(ISchedule schedule, IGradientWatchingSchedule? watching)
    {
        var step = 0;
        var sum = 0.0;
        var gradient = new GradientStatistics(1, 0.5, 1);
        return Time(
            () =>
            {
                watching?.ObserveGradient(new GradientObservation(step, 1, gradient));
                sum += schedule.RateAt(step++);
            },
            100_000);
    }

    private static double Time(Action step, int count)
    {
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < count; n++)
        {
            step();
        }
        return watch.Elapsed.TotalMicroseconds / count;
    }

    private static SettingValues Defaults(IReadOnlyList<Setting> settings) => new(new Dictionary<string, object?>(), settings);

    private static void Row(string name, double microseconds) => Console.WriteLine(FormattableString.Invariant($"{name,-20} {microseconds,8:F1} us"));

    private static double Measure(Action step)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var n = 0; n < Steps; n++)
            {
                step();
            }
            best = Math.Min(best, watch.Elapsed.TotalMicroseconds / Steps);
        }
        return best;
    }
}
