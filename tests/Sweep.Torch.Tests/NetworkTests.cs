using System.Text.Json;
using Sweep.Torch.Modules;

namespace Sweep.Torch.Tests;

/// <summary>Initialisation and gradients against PyTorch 1.13 (tests/reference/networks.py) and against autograd.</summary>
public sealed class NetworkTests
{
    private static readonly JsonElement Reference =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "reference", "networks.json"))).RootElement;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Linear_FromASeed_IsInitialisedAsPyTorch(int number)
    {
        var expected = Reference.GetProperty("linear")[number];
        using var generator = new torch.Generator(expected.GetProperty("seed").GetUInt64());
        using var layer = torch.nn.Linear(expected.GetProperty("inputs").GetInt64(), expected.GetProperty("outputs").GetInt64(), generator);
        Assert.Equal(Floats(expected.GetProperty("weight")), layer.weight.data<float>());
        Assert.Equal(Floats(expected.GetProperty("bias")), layer.bias!.data<float>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Initialisation_FromASeed_IsPyTorchs(int number)
    {
        var expected = Reference.GetProperty("initialisations")[number];
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(expected.GetProperty("seed").GetUInt64());
        var tensor = torch.zeros([.. expected.GetProperty("sizes").EnumerateArray().Select(x => x.GetInt64())]);
        Func<torch.Tensor, torch.Generator, torch.Tensor> draw = expected.GetProperty("name").GetString() switch
        {
            "kaiming_uniform_" => (t, g) => torch.nn.init.kaiming_uniform_(t, g),
            "kaiming_normal_" => torch.nn.init.kaiming_normal_,
            "xavier_uniform_" => torch.nn.init.xavier_uniform_,
            _ => torch.nn.init.xavier_normal_,
        };
        Assert.All(Floats(expected.GetProperty("values")).Zip(draw(tensor, generator).data<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(1, 7)]
    [InlineData(2, 7)]
    [InlineData(3, 7)]
    [InlineData(0, 3)]
    [InlineData(3, 2)]
    public void CompiledGradient_OfSmallNetwork_AgreesWithPyTorch(int number, int chunk)
    {
        var expected = Reference.GetProperty("networks")[number];
        using var scope = torch.NewDisposeScope();
        using var module = Build([6, 5, 4, 3], expected.GetProperty("activation").GetString()!, expected.GetProperty("seed").GetUInt64());
        byte[] pixels = [.. Enumerable.Range(0, 42).Select(i => (byte)(i * 37 % 256))];
        int[] labels = [.. Enumerable.Range(0, 7).Select(i => i * 2 % 3)];
        using var source = new BatchSource(torch.from_memory<byte>(pixels, 7, 6), torch.from_array(labels), 3, 1 / (255 * 0.25), -2);
        using var network = Network.Compile(module, source, chunk);

        var loss = network.Gradient([0, 1, 2, 3, 4, 5, 6]).LossSum / 7;

        Assert.IsType<CompiledNetwork>(network);
        Assert.Equal(expected.GetProperty("loss").GetDouble(), loss, 1e-6);
        var gradients = module.parameters().SelectMany(p => p.grad!.data<float>()).ToArray();
        foreach (var (wanted, actual) in Floats(expected.GetProperty("gradients")).Zip(gradients))
        {
            Assert.Equal(wanted, actual, 1e-6f);
        }
    }

    [Theory]
    [InlineData("relu", 128, 128)]
    [InlineData("tanh", 100, 128)]
    [InlineData("sigmoid", 77, 32)]
    [InlineData("gelu", 128, 64)]
    [InlineData("relu", 1, 128)]
    public void CompiledGradient_OfLargerNetwork_AgreesWithAutograd(string activation, int count, int chunk)
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(5);
        using var module = Build([784, 128, 64, 10], activation, 3);
        var data = (torch.rand([500, 784], generator) * 255).to(torch.uint8);
        var labels = (torch.rand([500], generator) * 10).to(torch.int32);
        using var source = new BatchSource(data, labels, 10, 1 / 255.0, -0.3);
        int[] rows = [.. Enumerable.Range(0, count).Select(i => i * 7 % 500)];
        using var autograd = new AutogradNetwork(module, source, new NetworkOptions { Chunk = 1024 });
        var recorded = autograd.Gradient(rows);
        var wanted = autograd.Parameters.Gradients.data<float>();
        using var compiled = CompiledNetwork.TryCompile(module, source, new NetworkOptions { Chunk = chunk })!;

        var written = compiled.Gradient(rows);
        var evaluated = compiled.Evaluate(rows);

        Assert.Equal(recorded.Correct, written.Correct);
        Assert.Equal(recorded.LossSum, written.LossSum, 1e-5 * recorded.LossSum);
        Assert.Equal(written.LossSum, evaluated.LossSum, 1e-9 * recorded.LossSum);
        var largest = wanted.Max(Math.Abs);
        foreach (var (w, a) in wanted.Zip(compiled.Parameters.Gradients.data<float>()))
        {
            Assert.Equal(w, a, 2e-6f * largest);
        }
    }

    [Fact]
    public void Network_WithUnknownModule_FallsBackToAutograd()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(5);
        using var module = torch.nn.Sequential(torch.nn.ReLU(), torch.nn.Linear(4, 2, generator));
        using var source = new BatchSource(torch.rand([3, 4], generator), torch.from_array(new[] { 0, 1, 0 }), 2);
        using var network = Network.Compile(module, source);
        Assert.IsType<AutogradNetwork>(network);
        Assert.True(network.Gradient([0, 1, 2]).LossSum > 0);
        Assert.True(network.Evaluate([0, 1, 2]).LossSum > 0);
    }

    [Fact]
    public void Gradient_OnAnyThreadBesideOthers_HasTheSameBits()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(5);
        var data = (torch.rand([300, 784], generator) * 255).to(torch.uint8);
        var labels = (torch.rand([300], generator) * 10).to(torch.int32);
        using var source = new BatchSource(data, labels, 10, 1 / 255.0);
        int[] rows = [.. Enumerable.Range(0, 201)];
        var alone = Gradients(source, rows);
        var others = new float[4][];
        Thread[] threads = [.. Enumerable.Range(0, others.Length).Select(i => new Thread(() => others[i] = Gradients(source, rows)))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.All(others, o => Assert.Equal(alone, o));
    }

    [Fact]
    public void Gradient_OfRowOutside_IsRefused()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(5);
        using var module = Build([4, 3], "relu", 1);
        using var source = new BatchSource(torch.rand([3, 4], generator), torch.from_array(new[] { 0, 1, 2 }), 3);
        using var network = Network.Compile(module, source);
        Assert.Contains("outside the data set's 3 rows", Assert.Throws<TorchException>(() => network.Gradient([0, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<TorchException>(() => network.Evaluate([-1]));
    }

    [Fact]
    public void BatchSource_WithLabelOutsideClasses_IsRefused()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(5);
        var data = torch.rand([2, 4], generator);
        var labels = torch.from_array(new[] { 0, 3 });
        Assert.Contains("labels reach from 0 to 3", Assert.Throws<TorchException>(() => new BatchSource(data, labels, 3)).Message, StringComparison.Ordinal);
    }

    private static float[] Gradients(BatchSource source, int[] rows)
    {
        using var module = Build([784, 128, 64, 10], "gelu", 3);
        using var network = Network.Compile(module, source, 64);
        for (var i = 0; i < 20; i++)
        {
            network.Gradient(rows);
        }
        return network.Parameters.Gradients.data<float>();
    }

    private static Sequential Build(long[] widths, string activation, ulong seed)
    {
        using var generator = new torch.Generator(seed);
        var modules = new List<torch.nn.Module>();
        for (var i = 1; i < widths.Length; i++)
        {
            modules.Add(torch.nn.Linear(widths[i - 1], widths[i], generator));
            if (i + 1 < widths.Length)
            {
                modules.Add(activation switch { "relu" => torch.nn.ReLU(), "tanh" => torch.nn.Tanh(), "sigmoid" => torch.nn.Sigmoid(), _ => torch.nn.GELU() });
            }
        }
        return torch.nn.Sequential([.. modules]);
    }

    private static float[] Floats(JsonElement array) => [.. array.EnumerateArray().Select(x => (float)x.GetDouble())];
}
