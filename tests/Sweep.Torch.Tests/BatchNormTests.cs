namespace Sweep.Torch.Tests;

/// <summary>Batch normalisation over a training: the same steps in PyTorch 1.13 (tests/reference/layers.py, <c>trained</c>), from the same weights.</summary>
public sealed class BatchNormTests
{
    private const int Steps = 40;

    private static readonly int[] AllRows = [.. Enumerable.Range(0, LayerCases.Rows)];

    public static TheoryData<string, bool> Cases()
    {
        var cases = new TheoryData<string, bool>();
        foreach (var name in LayerCases.Names.Where(n => n.StartsWith("batch norm", StringComparison.Ordinal)))
        {
            cases.Add(name, true);
            cases.Add(name, false);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluation_AfterEachStep_IsPyTorchs(string name, bool compiled)
    {
        using var scope = torch.NewDisposeScope();
        using var module = LayerCases.Build(name);
        using var source = LayerCases.Source(name);
        using var network = Make(name, module, source, compiled);
        var (losses, evaluated) = Train(name, module, network);
        AssertClose(Numbers(name, "losses"), losses);
        AssertClose(Numbers(name, "evaluated"), evaluated);
        AssertClose(Numbers(name, "buffers"), Buffers(module));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TakeStatistics_OfTrainedWeights_IsPyTorchsUpdateBn(string name, bool compiled)
    {
        using var scope = torch.NewDisposeScope();
        using var module = LayerCases.Build(name);
        using var source = LayerCases.Source(name);
        using var network = Make(name, module, source, compiled);
        Train(name, module, network);
        var (weights, gradients) = (network.Parameters.Save(), network.Parameters.Gradients.data<float>());

        network.TakeStatistics([0, 1, 2, 3, 4, 2, 3, 4, 5, 6], 5);

        AssertClose(Numbers(name, "retaken"), Buffers(module));
        AssertClose([LayerCases.Get(name).GetProperty("trained").GetProperty("retaken_evaluated").GetDouble()], [network.Evaluate(AllRows).LossSum / LayerCases.Rows]);
        Assert.Equal(weights, network.Parameters.Save());
        Assert.Equal(gradients, network.Parameters.Gradients.data<float>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TakeStatistics_Twice_GivesTheSameBitsAndLeavesTheMomentum(bool compiled)
    {
        const string Name = "batch norm";
        using var scope = torch.NewDisposeScope();
        using var module = LayerCases.Build(Name);
        using var source = LayerCases.Source(Name);
        using var network = Make(Name, module, source, compiled);
        network.TakeStatistics([0, 1, 2, 3], 2);
        var first = Buffers(module);
        network.Gradient([4, 5, 6]);
        Assert.NotEqual(first, Buffers(module));
        network.TakeStatistics([4, 5, 6], 3);
        var others = Buffers(module);
        network.TakeStatistics([0, 1, 2, 3], 2);
        Assert.Equal(first, Buffers(module));
        // Once more with the layer's own momentum, 0.1.
        network.Gradient([4, 5, 6]);
        AssertClose([.. first.Zip(others, (mine, theirs) => (0.9 * mine) + (0.1 * theirs))], Buffers(module));
    }

    private static (double[] Losses, double[] Evaluated) Train(string name, torch.nn.Module module, INetwork network)
    {
        var trained = LayerCases.Get(name).GetProperty("trained");
        var batch = trained.GetProperty("batch").GetInt32();
        using var optimizer = torch.optim.SGD(module.parameters(), trained.GetProperty("rate").GetDouble(), trained.GetProperty("momentum").GetDouble());
        var (losses, evaluated) = (new double[Steps], new double[Steps]);
        for (var step = 0; step < Steps; step++)
        {
            int[] rows = [.. Enumerable.Range(2 * step, batch).Select(i => i % LayerCases.Rows)];
            losses[step] = network.Gradient(rows, step).LossSum / batch;
            optimizer.step();
            evaluated[step] = network.Evaluate(AllRows).LossSum / LayerCases.Rows;
        }
        return (losses, evaluated);
    }

    private static INetwork Make(string name, torch.nn.Module module, BatchSource source, bool compiled) => compiled
        ? Network.Compile(module, source, LayerCases.Options(name, LayerCases.Rows))
        : new AutogradNetwork(module, source, LayerCases.Options(name, LayerCases.Rows));

    private static double[] Numbers(string name, string property) =>
        [.. LayerCases.Get(name).GetProperty("trained").GetProperty(property).EnumerateArray().Select(x => x.GetDouble())];

    private static double[] Buffers(torch.nn.Module module) => [.. module.buffers().SelectMany(b => b.data<float>()).Select(x => (double)x)];

    /// <summary>‖Δ‖∞ within 2e-4 of ‖expected‖∞: float32 over forty steps beside float64.</summary>
    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var limit = 2e-4 * expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, limit));
    }
}
