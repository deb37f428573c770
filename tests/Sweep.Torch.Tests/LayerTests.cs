using Sweep.Torch.Modules;

namespace Sweep.Torch.Tests;

/// <summary>Every layer of the compiled step against PyTorch 1.13 (tests/reference/layers.py) and against autograd.</summary>
public sealed class LayerTests
{
    private static readonly int[] AllRows = [.. Enumerable.Range(0, LayerCases.Rows)];

    /// <summary>What goes through autograd either way.</summary>
    private static readonly string[] Uncompiled = ["lstm", "gru", "transformer", "of images", "residual"];

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var name in LayerCases.Names)
        {
            cases.Add(name, LayerCases.Rows);
            // Batch normalisation of a part of the rows is not that of all of them.
            if (!name.StartsWith("batch norm", StringComparison.Ordinal))
            {
                cases.Add(name, 3);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_OfEachLayer_AgreesWithPyTorch(string name, int chunk)
    {
        using var scope = torch.NewDisposeScope();
        using var module = LayerCases.Build(name);
        using var source = LayerCases.Source(name);
        using var network = Network.Compile(module, source, LayerCases.Options(name, chunk));
        Assert.Equal(!Uncompiled.Any(name.Contains), network is CompiledNetwork);
        Check(name, module, network);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void AutogradGradient_OfEachLayer_AgreesWithPyTorch(string name, int chunk)
    {
        using var scope = torch.NewDisposeScope();
        using var module = LayerCases.Build(name);
        using var source = LayerCases.Source(name);
        using var network = new AutogradNetwork(module, source, LayerCases.Options(name, chunk));
        Check(name, module, network);
    }

    [Theory]
    [InlineData(0.25, 0.5, 37, 128)]
    [InlineData(0.25, 0.5, 37, 16)]
    [InlineData(0.9, 0, 20, 7)]
    public void CompiledGradient_WithDropout_AgreesWithAutograd(double first, double second, int count, int chunk)
    {
        using var scope = torch.NewDisposeScope();
        using var source = Images(40);
        int[] rows = [.. Enumerable.Range(0, count)];
        var options = new NetworkOptions { Chunk = chunk, Seed = 12345 };
        using var one = Convolutional(first, second);
        using var other = Convolutional(first, second);
        using var compiled = Network.Compile(one, source, options);
        using var autograd = new AutogradNetwork(other, source, options);
        Assert.IsType<CompiledNetwork>(compiled);
        for (var step = 0L; step < 3; step++)
        {
            Assert.Equal(autograd.Gradient(rows, step).LossSum, compiled.Gradient(rows, step).LossSum, 1e-3);
            AssertClose(autograd.Parameters.Gradients.data<float>(), compiled.Parameters.Gradients.data<float>(), 1e-5);
        }
        Assert.Equal(autograd.Evaluate(rows).LossSum, compiled.Evaluate(rows).LossSum, 1e-3);
    }

    [Fact]
    public void Gradient_WithDropout_IsAnotherAtAnotherStepOrSeedAndTheSameAgain()
    {
        using var scope = torch.NewDisposeScope();
        using var source = Images(40);
        using var module = Convolutional(0.25, 0.5);
        using var network = Network.Compile(module, source, new NetworkOptions { Chunk = 16, Seed = 1 });
        using var seeded = Network.Compile(module, source, new NetworkOptions { Chunk = 16, Seed = 2 });
        int[] rows = [.. Enumerable.Range(0, 20)];
        float[] Gradients(INetwork of, long step)
        {
            of.Gradient(rows, step);
            return of.Parameters.Gradients.data<float>();
        }
        var first = Gradients(network, 3);
        Assert.NotEqual(first, Gradients(network, 4));
        Assert.NotEqual(first, Gradients(seeded, 3));
        Assert.Equal(first, Gradients(network, 3));
    }

    [Fact]
    public void DropoutMask_OfManyElements_DropsItsShareEverywhere()
    {
        using var scope = torch.NewDisposeScope();
        var dropout = torch.nn.Dropout(0.25);
        dropout.Begin(7, 11, 0, 0);
        var kept = dropout.forward(torch.ones(200, 500)).data<float>();
        Assert.All(kept, x => Assert.True(x == 0 || Math.Abs(x - (4 / 3f)) < 1e-6));
        // Five deviations of a binomial around its mean: for all, for each row and for each column.
        Assert.InRange(kept.Count(x => x == 0), 25_000 - 685, 25_000 + 685);
        Assert.All(Enumerable.Range(0, 200), row => Assert.InRange(Enumerable.Range(0, 500).Count(c => kept[(row * 500) + c] == 0), 125 - 49, 125 + 49));
        Assert.All(Enumerable.Range(0, 500), c => Assert.InRange(Enumerable.Range(0, 200).Count(row => kept[(row * 500) + c] == 0), 50 - 31, 50 + 31));
    }

    [Fact]
    public void BFloat16Gradient_OfConvolutions_IsNearThatOfFloat32()
    {
        if (!Network.HasBFloat16)
        {
            return;
        }
        using var scope = torch.NewDisposeScope();
        using var source = Images(200);
        using var module = Convolutional(0.25, 0.5);
        int[] rows = [.. Enumerable.Range(0, 150)];
        var options = new NetworkOptions { Chunk = 64, Seed = 3 };
        using var wide = Network.Compile(module, source, options);
        using var narrow = Network.Compile(module, source, options with { Precision = Precision.BFloat16 });
        var loss = wide.Gradient(rows).LossSum;
        var expected = wide.Parameters.Gradients.data<float>();
        Assert.Equal(loss, narrow.Gradient(rows).LossSum, 0.01 * loss);
        // 8 bits of mantissa: a relative error of 2^-9 in each factor, averaged out over many products.
        AssertClose(expected, narrow.Parameters.Gradients.data<float>(), 0.05);
    }

    [Fact]
    public void Evaluate_CountsTheFiveLargest()
    {
        using var scope = torch.NewDisposeScope();
        using var source = Images(200);
        using var module = Convolutional(0, 0);
        int[] rows = [.. Enumerable.Range(0, 200)];
        using var compiled = Network.Compile(module, source, 64);
        var sums = compiled.Evaluate(rows);
        Assert.Equal(new AutogradNetwork(module, source, new NetworkOptions()).Evaluate(rows).Top5, sums.Top5);
        Assert.InRange(sums.Top5, sums.Correct, 200);
    }

    private static void Check(string name, Sequential module, INetwork network)
    {
        var expected = LayerCases.Get(name);
        var sums = network.Gradient(AllRows);
        Assert.Equal(expected.GetProperty("value").GetDouble(), sums.LossSum / LayerCases.Rows, 2e-6);
        AssertClose(LayerCases.Numbers(name, "gradients"), [.. module.parameters().SelectMany(p => p.grad!.data<float>())], 5e-6);
        AssertClose(LayerCases.Numbers(name, "buffers"), [.. module.buffers().SelectMany(b => b.data<float>())], 1e-6);
        Assert.Equal(expected.GetProperty("evaluated").GetDouble(), network.Evaluate(AllRows).LossSum / LayerCases.Rows, 2e-6);
    }

    /// <summary>‖Δ‖∞ within a share of ‖expected‖∞.</summary>
    private static void AssertClose(IReadOnlyList<double> expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Length);
        var limit = tolerance * expected.Select(Math.Abs).Append(1e-3).Max();
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, limit));
    }

    private static void AssertClose(float[] expected, float[] actual, double tolerance) => AssertClose([.. expected.Select(x => (double)x)], actual, tolerance);

    private static BatchSource Images(int rows)
    {
        using var generator = new torch.Generator(8);
        var data = (torch.rand([rows, 144], generator) * 255).to(torch.uint8);
        return new BatchSource(data, (torch.rand([rows], generator) * 10).to(torch.int32), 10, 1 / 80.0, -1.5);
    }

    private static Sequential Convolutional(double first, double second)
    {
        using var generator = new torch.Generator(4);
        return torch.nn.Sequential(
            torch.nn.Unflatten(1, 12, 12),
            torch.nn.Conv2d(1, 8, 3, generator),
            torch.nn.ReLU(),
            torch.nn.Dropout(first),
            torch.nn.Conv2d(8, 16, 3, generator),
            torch.nn.Tanh(),
            torch.nn.MaxPool2d(2),
            torch.nn.Dropout(first),
            torch.nn.Flatten(),
            torch.nn.Dropout(second),
            torch.nn.Linear(256, 24, generator),
            torch.nn.GELU(),
            torch.nn.Dropout(second),
            torch.nn.Linear(24, 10, generator));
    }
}
