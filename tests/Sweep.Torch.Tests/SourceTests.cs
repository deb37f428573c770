namespace Sweep.Torch.Tests;

/// <summary>Data sets of numbers to predict, and of windows of a sequence.</summary>
public sealed class SourceTests
{
    [Fact]
    public void Windows_AreOneHotPlaceByPlace_AndTheNextSymbolIsTheLabel()
    {
        using var scope = torch.NewDisposeScope();
        using var source = BatchSource.OfWindows(torch.from_array(new[] { 0, 2, 1, 1, 0 }), 2, 3);
        Assert.Equal((3L, 6L, 3L), (source.Rows, source.Features, source.Classes));
        var (data, labels) = source.Batch([2, 0]);
        Assert.Equal([0f, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1], data.data<float>());
        Assert.Equal([0L, 1], labels.data<long>());
    }

    [Theory]
    [InlineData(3, "3 symbols have no window of 3")]
    [InlineData(1, "symbols reach from 0 to 2 but there are 2")]
    public void Windows_ThatAreNone_AreRefused(long window, string message)
    {
        using var scope = torch.NewDisposeScope();
        Assert.Contains(
            message, Assert.Throws<TorchException>(() => BatchSource.OfWindows(torch.from_array(new[] { 0, 2, 1 }), window, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_CompiledAndByAutograd_HaveTheSameGradients()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(3);
        using var source = BatchSource.OfWindows(torch.from_array([.. Enumerable.Range(0, 60).Select(i => i * 7 % 5)]), 4, 5);
        using var module = torch.nn.Sequential(torch.nn.Linear(20, 8, generator), torch.nn.Tanh(), torch.nn.Linear(8, 5, generator));
        AssertSame(module, source, 56);
    }

    [Fact]
    public void Targets_CompiledAndByAutograd_HaveTheSameGradientsAndSums()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(3);
        using var source = BatchSource.OfTargets(torch.randn([50, 6], generator), torch.randn([50], generator) * 3);
        using var module = torch.nn.Sequential(torch.nn.Linear(6, 8, generator), torch.nn.Tanh(), torch.nn.Linear(8, 1, generator));
        AssertSame(module, source, 50);
    }

    [Fact]
    public void Targets_NotFinite_AreRefused()
    {
        using var scope = torch.NewDisposeScope();
        var error = Assert.Throws<TorchException>(() => BatchSource.OfTargets(torch.zeros(2, 3), torch.from_array(new[] { 1, float.NaN })));
        Assert.Contains("a target is not finite", error.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(torch.nn.Module module, BatchSource source, int count)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        var options = new NetworkOptions { Chunk = 16, Loss = source.HasTargets ? LossKind.MeanSquares : LossKind.CrossEntropy };
        using var compiled = Network.Compile(module, source, options);
        Assert.IsType<CompiledNetwork>(compiled);
        var sums = compiled.Gradient(rows);
        var gradients = compiled.Parameters.Gradients.data<float>();
        var autograd = new AutogradNetwork(module, source, options);
        var expected = autograd.Gradient(rows);
        Assert.Equal(expected.LossSum, sums.LossSum, 1e-3);
        Assert.Equal(expected.Absolute, sums.Absolute, 1e-3);
        Assert.Equal(expected.Correct, sums.Correct);
        Assert.All(autograd.Parameters.Gradients.data<float>().Zip(gradients), g => Assert.Equal(g.First, g.Second, 1e-5f));
        Assert.Equal(autograd.Evaluate(rows).Absolute, compiled.Evaluate(rows).Absolute, 1e-3);
        Assert.Equal(autograd.Evaluate(rows).Top5, compiled.Evaluate(rows).Top5);
    }
}
