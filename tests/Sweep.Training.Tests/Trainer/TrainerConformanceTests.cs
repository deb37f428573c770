using Sweep.Training.Optimizers;
using Sweep.Training.Randomness;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

/// <summary>For every optimizer: the same bits however a training is interrupted and whatever runs beside it.</summary>
public sealed class TrainerConformanceTests
{
    public static TheoryData<string> Optimizers() => [.. OptimizerRegistry.All.Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Training_InterruptedAtRandomStepsAndResumed_HasTheSameBits(string optimizer)
    {
        using var blobs = new Blobs();
        var (reports, parameters) = Trainings.ToTheEnd(Trainings.Options(blobs, optimizer));
        var steps = Trainings.Options(blobs, optimizer).StepsPerEpoch * Trainings.Epochs;
        var stopAt = Enumerable.Range(0, 3).Select(i => (long)(Seeds.Mix((ulong)(optimizer[0] * 31) + (ulong)i) % (ulong)steps)).ToHashSet();

        var seen = new List<EpochReport>();
        byte[]? checkpoint = null;
        byte[] resumed = [];
        while (seen.Count < Trainings.Epochs)
        {
            using var stop = new CancellationTokenSource();
            var options = Trainings.Options(blobs, optimizer, atStep: step => StopOnce(step, stopAt, stop)) with { Checkpoint = checkpoint };
            using var trainer = new Trainer(options);
            EpochResult result;
            do
            {
                result = trainer.TrainEpoch(stop.Token);
                if (result is EpochResult.Finished { Report: var report })
                {
                    seen.Add(report);
                }
            }
            while (result is EpochResult.Finished && trainer.Epoch < Trainings.Epochs);
            checkpoint = trainer.SaveCheckpoint();
            resumed = trainer.Parameters.Save();
        }

        Assert.Empty(stopAt);
        foreach (var (expected, actual) in reports.Zip(seen))
        {
            Trainings.AssertSameBits(expected, actual);
        }
        Assert.Equal(parameters, resumed);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Training_BesideANoisyNeighbour_HasTheSameBits(string optimizer)
    {
        using var blobs = new Blobs();
        var (reports, parameters) = Trainings.ToTheEnd(Trainings.Options(blobs, optimizer));
        using var done = new CancellationTokenSource();
        using var running = new ManualResetEventSlim();
        var neighbour = new Thread(() =>
        {
            using var others = new Blobs(300, 33, 5, seed: 9);
            while (!done.IsCancellationRequested)
            {
                Trainings.ToTheEnd(Trainings.Options(others, "rmsprop") with { Seed = 99 });
                running.Set();
            }
        });
        neighbour.Start();
        running.Wait();

        var (beside, same) = Trainings.ToTheEnd(Trainings.Options(blobs, optimizer));

        done.Cancel();
        neighbour.Join();
        foreach (var (expected, actual) in reports.Zip(beside))
        {
            Trainings.AssertSameBits(expected, actual);
        }
        Assert.Equal(parameters, same);
    }

    private static void StopOnce(long step, HashSet<long> stopAt, CancellationTokenSource stop)
    {
        if (stopAt.Remove(step))
        {
            stop.Cancel();
        }
    }
}
