using System.Text.Json;
using Sweep.Torch;
using Sweep.Training.Optimizers;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Optimizers;

/// <summary>Against PyTorch 1.13 (Lion: the paper's algorithm), see tests/reference/optimizers.py: recorded gradients, 50 steps.</summary>
public sealed class OptimizerReferenceTests
{
    private static readonly JsonElement Reference =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "reference", "optimizers.json"))).RootElement;

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        var i = 0;
        foreach (var c in Reference.GetProperty("cases").EnumerateArray())
        {
            cases.Add(i++, $"{c.GetProperty("optimizer").GetString()} {c.GetProperty("settings").GetRawText()}");
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Optimizer_OnRecordedGradientsInFloat32_AgreesWithReference(int number, string what) =>
        Follow(number, what, "float32", torch.float32, 1e-6);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Optimizer_OnRecordedGradientsInFloat64_AgreesWithReference(int number, string what) =>
        Follow(number, what, "float64", torch.float64, 1e-10);

    [Fact]
    public void Registry_EveryOptimizer_HasAReference() =>
        Assert.Equal(
            OptimizerRegistry.All.Select(o => o.Name).Order(StringComparer.Ordinal),
            Reference.GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("optimizer").GetString()!).Distinct().Order(StringComparer.Ordinal));

    private static void Follow(int number, string what, string precision, torch.ScalarType type, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        var expected = Reference.GetProperty("cases")[number];
        var definition = OptimizerRegistry.Get(expected.GetProperty("optimizer").GetString()!);
        var parameters = Split(Numbers(Reference.GetProperty("start"))).Select(t => t.to(type).requires_grad_()).ToList();
        using var flat = FlatParameters.Of(parameters);
        using var optimizer = definition.Create(flat, Values.Of(definition.Settings, expected.GetProperty("settings")));
        optimizer.LearningRate = expected.GetProperty("rate").GetDouble();
        var step = 0;
        foreach (var gradient in Reference.GetProperty("gradients").EnumerateArray())
        {
            foreach (var (parameter, part) in parameters.Zip(Split(Numbers(gradient))))
            {
                parameter.grad!.copy_(part.to(type));
            }
            optimizer.step();
            step++;
            if (expected.GetProperty(precision).TryGetProperty($"{step}", out var wanted))
            {
                Compare(Split(Numbers(wanted)), parameters, tolerance, $"{what} after step {step}");
            }
        }
    }

    private static void Compare(IEnumerable<torch.Tensor> wanted, IEnumerable<torch.Tensor> actual, double tolerance, string what)
    {
        foreach (var (w, a) in wanted.Zip(actual))
        {
            var difference = (a.detach().to(torch.float64) - w).abs().max().item<double>();
            var size = w.abs().max().item<double>();
            Assert.True(difference <= tolerance * size, $"{what}: off by {difference / size:E2} of the largest parameter, {tolerance:E0} allowed");
        }
    }

    private static IEnumerable<torch.Tensor> Split(double[] all)
    {
        var start = 0;
        foreach (var shape in Reference.GetProperty("shapes").EnumerateArray())
        {
            long[] sizes = [.. shape.EnumerateArray().Select(s => s.GetInt64())];
            var count = (int)sizes.Aggregate(1L, (a, b) => a * b);
            yield return torch.tensor(all.AsSpan(start, count).ToArray(), sizes);
            start += count;
        }
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetDouble())];
}
