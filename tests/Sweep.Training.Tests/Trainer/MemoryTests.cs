using Sweep.Torch;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Trainers;

/// <summary>Runs by itself: what other tests allocate meanwhile would count.</summary>
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
        var resident = new Dictionary<long, long>();
        var options = Trainings.Options(blobs, optimizer, atStep: step => { if (step is 100 or 999) { resident[step] = Resident(); } });
        Trainings.ToTheEnd(options with { Epochs = 1000 / (int)options.StepsPerEpoch + 1 });
        Assert.True(resident[999] - resident[100] < Mebibyte, $"{(resident[999] - resident[100]) / 1024} KiB more than at step 100");
    }

    [Fact]
    public void Autograd_OfAThousandStepsInScopes_KeepsItsMemory()
    {
        using var generator = new torch.Generator(1);
        using var module = torch.nn.Sequential(torch.nn.Linear(784, 128, generator), torch.nn.ReLU(), torch.nn.Linear(128, 10, generator));
        using var optimizer = torch.optim.Adam(module.parameters());
        using var data = torch.rand([128, 784], generator);
        using var labels = torch.zeros([128], torch.int64);
        var at100 = 0L;
        for (var step = 0; step < 1000; step++)
        {
            using var scope = torch.NewDisposeScope();
            optimizer.zero_grad();
            torch.nn.functional.cross_entropy(module.forward(data), labels).backward();
            optimizer.step();
            if (step == 100)
            {
                at100 = Resident();
            }
        }
        var more = Resident() - at100;
        Assert.True(more < Mebibyte, $"{more / 1024} KiB more than at step 100");
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var fields = File.ReadAllText("/proc/self/statm").Split(' ');
        return long.Parse(fields[1]) * Environment.SystemPageSize;
    }
}
