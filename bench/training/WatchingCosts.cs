using System.Diagnostics;
using Sweep.Search.Settings;
using Sweep.Torch;
using Sweep.Training.Models;
using Sweep.Training.Optimizers;
using Sweep.Training.Schedules;

namespace Sweep.Bench.Training;

/// <summary>What the schedules that watch gradients add to a step, as a ratio measured by turns: with and without, short rounds, the best of each, several times over.</summary>
internal static class WatchingCosts
{
    private const int Batch = 128;
    private const int Repeats = 9;
    private const int Rounds = 60;
    private const int StepsInARound = 4;

    public static int Print()
    {
        using var images = new Images(Batch * 64);
        var model = ModelRegistry.Get("mlp");
        using var generator = new torch.Generator(1);
        using var module = model.Build(Images.Features, Images.Classes, Defaults(model.Settings), generator);
        using var network = Network.Compile(module, images.Source, Batch);
        int[] rows = [.. Enumerable.Range(0, Batch * 64)];
        foreach (var optimizer in (string[])["sgd", "adam"])
        {
            foreach (var name in (string[])["constant", "gradient_norm", "hypergradient", "learned_controller"])
            {
                Measure(network, rows, OptimizerRegistry.Get(optimizer), ScheduleRegistry.Find(name));
            }
        }
        return 0;
    }

    private static void Measure(INetwork network, int[] rows, OptimizerDefinition definition, ScheduleDefinition schedules)
    {
        var context = new ScheduleContext { LearningRate = 1e-6, Epochs = 1_000_000, StepsPerEpoch = 422 };
        var schedule = schedules.Create(Defaults(schedules.Settings), context);
        var watching = schedule as IGradientWatchingSchedule;
        using var plain = definition.Create(network.Parameters, Defaults(definition.Settings));
        using var watched = definition.Create(network.Parameters, Defaults(definition.Settings));
        plain.LearningRate = 1e-6;
        var step = 0;
        void Plain()
        {
            network.Gradient(rows.AsSpan(step++ % 64 * Batch, Batch));
            plain.step();
        }
        void Scheduled()
        {
            network.Gradient(rows.AsSpan(step % 64 * Batch, Batch));
            watched.LearningRate = schedule.RateAt(step);
            if (watching is not null)
            {
                var detail = watching.DetailAt(step);
                watching.ObserveGradient(new GradientObservation(step, 1, detail == GradientDetail.None ? default : watched.Statistics(detail == GradientDetail.Comparison, stepFollows: true)));
                watched.LearningRate = watching.RateAt(step);
                watched.WatchChanges(watching.DetailAt(step + 1) == GradientDetail.Comparison);
            }
            watched.step();
            step++;
        }
        var extra = new List<double>();
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var (with, without) = (double.MaxValue, double.MaxValue);
            for (var round = 0; round < Rounds; round++)
            {
                without = Math.Min(without, Time(Plain));
                with = Math.Min(with, Time(Scheduled));
            }
            extra.Add(100 * ((with / without) - 1));
        }
        extra.Sort();
        Console.WriteLine(FormattableString.Invariant($"{definition.Name,-6} {schedules.Name,-20} {extra[Repeats / 2],6:F2} % of a step ({extra[0]:F2} to {extra[^1]:F2})"));
    }

    private static double Time(Action step)
    {
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < StepsInARound; n++)
        {
            step();
        }
        return watch.Elapsed.TotalMicroseconds;
    }

    private static SettingValues Defaults(IReadOnlyList<Setting> settings) => new(new Dictionary<string, object?>(), settings);
}
