using Sweep.Torch;
using Sweep.Training.Models;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

/// <summary>Resident memory at step 1,000 against step 100. Runs by itself: what other tests allocate meanwhile would count.</summary>
/// <remarks>
/// The runtime recompiles hot methods and grows its heap when it likes, some hundred KiB at a time: of three thousands of
/// steps the best counts. What leaks leaks in every one.
/// </remarks>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    private const long Mebibyte = 1 << 20;

    [Theory]
    [InlineData("adam")]
    [InlineData("sgd")]
    public void Training_OfAThousandSteps_KeepsItsMemory(string optimizer)
    {
        using var blobs = new Blobs(2000, 784, 10);
        AssertKept(atStep =>
        {
            var options = Trainings.Options(blobs, optimizer, atStep: atStep);
            Trainings.ToTheEnd(options with { Epochs = (1000 / (int)options.StepsPerEpoch) + 1 });
        });
    }

    [Fact]
    public void Autograd_OfAThousandStepsInScopes_KeepsItsMemory()
    {
        using var generator = new torch.Generator(1);
        using var module = torch.nn.Sequential(torch.nn.Linear(784, 128, generator), torch.nn.ReLU(), torch.nn.Linear(128, 10, generator));
        using var optimizer = torch.optim.Adam(module.parameters());
        using var data = torch.rand([128, 784], generator);
        using var labels = torch.zeros([128], torch.int64);
        AssertKept(atStep =>
        {
            for (var step = 0; step < 1000; step++)
            {
                using var scope = torch.NewDisposeScope();
                optimizer.zero_grad();
                torch.nn.functional.cross_entropy(module.forward(data), labels).backward();
                optimizer.step();
                atStep(step);
            }
        });
    }

    [Fact]
    public void FurtherTrial_BesideOthers_CostsItsOwnWeightsAndBuffers()
    {
        // The data are 24 MB: another copy of them, or of the floats they become, would be seen.
        using var blobs = new Blobs(30_000, 784, 10);
        using var over = new ManualResetEventSlim();
        var (threads, costs) = (new List<Thread>(), new List<long>());
        var before = Resident();
        for (var number = 0; number < 5; number++)
        {
            using var trained = new ManualResetEventSlim();
            var options = Trainings.Options(blobs) with { Seed = (ulong)number, ModelSettings = Values.Of(ModelRegistry.Get("mlp").Settings), Epochs = 1 };
            threads.Add(new Thread(() =>
            {
                using var trainer = new Trainer(options);
                trainer.TrainEpoch(CancellationToken.None);
                trainer.SaveCheckpoint();
                trained.Set();
                over.Wait();
            }));
            threads[^1].Start();
            trained.Wait();
            var after = Resident();
            costs.Add(after - before);
            before = after;
        }
        over.Set();
        threads.ForEach(t => t.Join());
        // The first brings what all of them share.
        Assert.All(costs.Skip(1), cost => Assert.True(cost < 20_000_000, $"KiB: {string.Join(", ", costs.Select(c => c / 1024))}"));
    }

    private static void AssertKept(Action<Action<long>> training)
    {
        var grown = new List<long>();
        do
        {
            var resident = new Dictionary<long, long>();
            training(step =>
            {
                if (step is 100 or 999)
                {
                    resident[step] = Resident();
                }
                else if (step % 100 == 0)
                {
                    GC.Collect();
                }
            });
            grown.Add(resident[999] - resident[100]);
        }
        while (grown[^1] >= Mebibyte && grown.Count < 3);
        Assert.True(grown[^1] < Mebibyte, $"more than at step 100, in KiB: {string.Join(", ", grown.Select(g => g / 1024))}");
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var fields = File.ReadAllText("/proc/self/statm").Split(' ');
        return long.Parse(fields[1]) * Environment.SystemPageSize;
    }
}
