using System.Text.Json;
using Sweep.Torch.Modules;

namespace Sweep.Torch.Tests;

/// <summary>Small networks whose losses and gradients PyTorch 1.13 gave (tests/reference/layers.py).</summary>
internal static class LayerCases
{
    public const int Rows = 7;
    public const int Classes = 3;

    private static readonly Dictionary<string, JsonElement> All =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "reference", "layers.json"))).RootElement
            .GetProperty("cases").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!, StringComparer.Ordinal);

    public static IEnumerable<string> Names => All.Keys;

    public static JsonElement Get(string name) => All[name];

    public static double[] Numbers(string name, string property) => [.. All[name].GetProperty(property).EnumerateArray().Select(x => x.GetDouble())];

    public static NetworkOptions Options(string name, int chunk) => new()
    {
        Chunk = chunk,
        Loss = All[name].GetProperty("loss").GetString() == "mse" ? LossKind.MeanSquares : LossKind.CrossEntropy,
        LabelSmoothing = All[name].GetProperty("smoothing").GetDouble(),
    };

    public static BatchSource Source(string name)
    {
        var features = All[name].GetProperty("features").GetInt32();
        byte[] pixels = [.. Enumerable.Range(0, Rows * features).Select(i => (byte)(i * 7919L % 251))];
        int[] labels = [.. Enumerable.Range(0, Rows).Select(i => i * 2 % Classes)];
        return new BatchSource(torch.from_memory<byte>(pixels, Rows, features), torch.from_array(labels), Classes, 1 / (255 * 0.25), -2);
    }

    public static Sequential Build(string name)
    {
        using var generator = new torch.Generator(All[name].GetProperty("seed").GetUInt64());
        return torch.nn.Sequential([.. All[name].GetProperty("layers").EnumerateArray().Select(layer => Layer(layer, generator))]);
    }

    private static torch.nn.Module Layer(JsonElement layer, torch.Generator generator)
    {
        long[] sizes = [.. layer.EnumerateArray().Skip(1).Select(x => x.GetInt64())];
        return layer[0].GetString() switch
        {
            "unflatten" => torch.nn.Unflatten(sizes),
            "conv" => torch.nn.Conv2d(sizes[0], sizes[1], sizes[2], generator, sizes[3]),
            "pool" => torch.nn.MaxPool2d(sizes[0]),
            "flatten" => torch.nn.Flatten(),
            "linear" => torch.nn.Linear(sizes[0], sizes[1], generator),
            "norm" => torch.nn.BatchNorm1d(sizes[0]),
            "norm2d" => torch.nn.BatchNorm2d(sizes[0]),
            "layernorm" => torch.nn.LayerNorm(sizes[0]),
            "average" => torch.nn.GlobalAveragePool(),
            "mean" => torch.nn.MeanPlace(),
            "positions" => torch.nn.PositionalEncoding(sizes[0], sizes[1]),
            "block" => Block(sizes[0], sizes[1], sizes[2], generator),
            "encoder relu after" => torch.nn.TransformerEncoderLayer(sizes[0], sizes[1], sizes[2], generator),
            "encoder gelu before" => torch.nn.TransformerEncoderLayer(sizes[0], sizes[1], sizes[2], generator, activation: torch.nn.GELU(), norm_first: true),
            "lstm" => torch.nn.LSTM(sizes[0], sizes[1], generator),
            "gru" => torch.nn.GRU(sizes[0], sizes[1], generator),
            "last" => torch.nn.LastPlace(),
            "relu" => torch.nn.ReLU(),
            "tanh" => torch.nn.Tanh(),
            "sigmoid" => torch.nn.Sigmoid(),
            "gelu" => torch.nn.GELU(),
            var other => throw new ArgumentException($"no layer is called {other}", nameof(layer)),
        };
    }

    private static Residual Block(long inputs, long outputs, long stride, torch.Generator generator) => torch.nn.Residual(
        torch.nn.Sequential(
            torch.nn.Conv2d(inputs, outputs, 3, generator, 1, stride, bias: false),
            torch.nn.BatchNorm2d(outputs),
            torch.nn.ReLU(),
            torch.nn.Conv2d(outputs, outputs, 3, generator, 1, bias: false),
            torch.nn.BatchNorm2d(outputs)),
        stride == 1 && inputs == outputs
            ? null
            : torch.nn.Sequential(torch.nn.Conv2d(inputs, outputs, 1, generator, 0, stride, bias: false), torch.nn.BatchNorm2d(outputs)),
        torch.nn.ReLU());
}
