using Sweep.Training.Optimizers;
using Sweep.Training.Randomness;
using Sweep.Training.Schedules;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

/// <summary>For every optimizer with every schedule that goes with it: the same bits however it is interrupted and whatever runs beside it.</summary>
public sealed class PairConformanceTests
{
    public static TheoryData<string> Optimizers() => [.. OptimizerRegistry.All.Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Training_WithEverySchedule_HasTheSameBitsInterruptedOrNot(string optimizer)
    {
        using var blobs = new Blobs(200, 12, 3);
        foreach (var schedule in SchedulesFor(optimizer))
        {
            var whole = Trainings.ToTheEnd(Options(blobs, optimizer, schedule));
            var options = Options(blobs, optimizer, schedule);
            var steps = options.StepsPerEpoch * options.Epochs;
            var stopAt = (long)(Seeds.Mix((ulong)(optimizer.Length + (31 * schedule.Name.Length))) % (ulong)steps);

            using var stop = new CancellationTokenSource();
            byte[] checkpoint;
            List<EpochReport> reports = [];
            using (var first = new Trainer(options with { Schedule = StoppingSchedule.Around(options.Schedule, stopAt, stop) }))
            {
                EpochResult result;
                while ((result = first.TrainEpoch(stop.Token)) is EpochResult.Finished { Report: var report })
                {
                    reports.Add(report);
                    if (first.Epoch == options.Epochs)
                    {
                        break;
                    }
                }

                Assert.True(stop.IsCancellationRequested);
                checkpoint = first.SaveCheckpoint();
            }

            using var second = new Trainer(Options(blobs, optimizer, schedule) with { Checkpoint = checkpoint });
            var rest = Trainings.ToTheEnd(second, options.Epochs);
            AssertSame(whole, ([.. reports, .. rest.Reports], rest.Parameters), schedule.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Training_WithEverySchedule_HasTheSameBitsBesideANoisyNeighbour(string optimizer)
    {
        using var blobs = new Blobs(200, 12, 3);
        var alone = SchedulesFor(optimizer).Select(s => Trainings.ToTheEnd(Options(blobs, optimizer, s))).ToList();
        using var done = new CancellationTokenSource();
        using var running = new ManualResetEventSlim();
        var neighbour = new Thread(() =>
        {
            using var others = new Blobs(300, 33, 5, seed: 9);
            while (!done.IsCancellationRequested)
            {
                Trainings.ToTheEnd(Options(others, "prodigy", ScheduleRegistry.Find("hypergradient")) with { Seed = 99 });
                running.Set();
            }
        });
        neighbour.Start();
        running.Wait();

        var beside = SchedulesFor(optimizer).Select(s => (s.Name, Result: Trainings.ToTheEnd(Options(blobs, optimizer, s)))).ToList();

        done.Cancel();
        neighbour.Join();
        foreach (var (expected, (name, actual)) in alone.Zip(beside))
        {
            AssertSame(expected, actual, name);
        }
    }

    [Fact]
    public void Pairs_ThatDoNotGoTogether_AreTheListedOnes() =>
        Assert.Equal(
            from o in (string[])["schedule_free_sgd", "schedule_free_adamw"]
            from s in ScheduleRegistry.All
            where s.Name != "constant"
            select $"{o} {s.Name}",
            from o in OptimizerRegistry.All
            from s in ScheduleRegistry.All
            where OptimizerSchedulePairs.FindError(o, s) is not null
            select $"{o.Name} {s.Name}");

    private static IEnumerable<ScheduleDefinition> SchedulesFor(string optimizer) =>
        ScheduleRegistry.All.Where(s => OptimizerSchedulePairs.FindError(OptimizerRegistry.Get(optimizer), s) is null);

    private static TrainerOptions Options(Blobs blobs, string optimizer, ScheduleDefinition schedule)
    {
        var options = Trainings.Options(blobs, optimizer);
        var context = new ScheduleContext
        {
            LearningRate = Math.Min(options.Optimizer.DefaultRate, 0.1),
            Epochs = options.Epochs,
            StepsPerEpoch = options.StepsPerEpoch,
        };
        return options with { Schedule = schedule.Create(Values.Of(schedule.Settings), context) };
    }

    private static void AssertSame((List<EpochReport> Reports, byte[] Parameters) expected, (List<EpochReport> Reports, byte[] Parameters) actual, string schedule)
    {
        Assert.Equal(expected.Reports.Count, actual.Reports.Count);
        foreach (var (e, a) in expected.Reports.Zip(actual.Reports))
        {
            Trainings.AssertSameBits(e, a);
        }
        Assert.True(expected.Parameters.AsSpan().SequenceEqual(actual.Parameters), $"schedule {schedule}: other parameters");
    }
}
