using System.Text.Json;
using Sweep.Torch;
using Sweep.Training.Optimizers;
using Sweep.Training.Tests.Support;

namespace Sweep.Training.Tests.Optimizers;

/// <summary>Whole trainings in float64 against tests/reference/trajectories.py: PyTorch 1.13, or the papers' pseudo-code in numpy.</summary>
public sealed class TrajectoryTests
{
    private static readonly JsonElement Reference =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "reference", "trajectories.json"))).RootElement;

    public static TheoryData<int, string> Cases()
    {
        var cases = new TheoryData<int, string>();
        var i = 0;
        foreach (var c in Reference.GetProperty("cases").EnumerateArray())
        {
            cases.Add(i++, $"{c.GetProperty("optimizer").GetString()} {c.GetProperty("settings").GetRawText()} on the {c.GetProperty("problem").GetString()}");
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Training_InFloat64_FollowsTheReference(int number, string what)
    {
        using var scope = torch.NewDisposeScope();
        var expected = Reference.GetProperty("cases")[number];
        var problem = expected.GetProperty("problem").GetString()!;
        var definition = OptimizerRegistry.Get(expected.GetProperty("optimizer").GetString()!);
        var parameters = Split(problem, Numbers(Reference.GetProperty("start").GetProperty(problem))).ConvertAll(t => t.requires_grad_());
        using var flat = FlatParameters.Of(parameters);
        using var optimizer = definition.Create(flat, Values.Of(definition.Settings, expected.GetProperty("settings")));
        optimizer.LearningRate = expected.GetProperty("rate").GetDouble();
        var theta = expected.GetProperty("theta");
        for (var step = 1; step <= theta.EnumerateObject().Max(p => int.Parse(p.Name)); step++)
        {
            Step(problem, parameters, optimizer);
            if (!theta.TryGetProperty($"{step}", out var wanted))
            {
                continue;
            }
            Compare(Split(problem, Numbers(wanted)), parameters, $"{what} after step {step}");
            if (expected.TryGetProperty("estimate", out var estimates) && estimates.TryGetProperty($"{step}", out var estimate))
            {
                Assert.Equal(estimate.GetDouble(), optimizer.Estimate, estimate.GetDouble() * 1e-10);
            }
            if (expected.TryGetProperty("answer", out var answers) && answers.TryGetProperty($"{step}", out var answer))
            {
                optimizer.eval();
                Compare(Split(problem, Numbers(answer)), parameters, $"{what}: x after step {step}");
                optimizer.train();
                Compare(Split(problem, Numbers(wanted)), parameters, $"{what}: y again");
            }
        }
    }

    [Fact]
    public void Registry_EveryOptimizer_HasATrajectoryOnBothProblems() =>
        Assert.Equal(
            OptimizerRegistry.All.SelectMany(o => (string[])[$"{o.Name} network", $"{o.Name} quadratic"]).Order(StringComparer.Ordinal),
            Reference.GetProperty("cases").EnumerateArray().Select(c => $"{c.GetProperty("optimizer").GetString()} {c.GetProperty("problem").GetString()}").Distinct().Order(StringComparer.Ordinal));

    /// <summary>Mishchenko and Defazio 2023, section 2: d is a lower bound of the distance, grows towards it, and then stays.</summary>
    [Theory]
    [InlineData("prodigy")]
    [InlineData("dadapt_adam")]
    [InlineData("dadapt_sgd")]
    public void Estimate_OnAQuadraticFromAMillionth_ConvergesToTheSizeOfTheDistance(string name)
    {
        using var scope = torch.NewDisposeScope();
        var parameters = Split("quadratic", new double[6]).ConvertAll(t => t.requires_grad_());
        using var flat = FlatParameters.Of(parameters);
        var definition = OptimizerRegistry.Get(name);
        using var optimizer = definition.Create(flat, Values.Of(definition.Settings));
        Assert.Equal(1e-6, optimizer.Estimate);
        var start = Loss("quadratic", parameters).item<double>();
        var estimates = new List<double>();
        for (var step = 0; step < 2000; step++)
        {
            Step("quadratic", parameters, optimizer);
            estimates.Add(optimizer.Estimate);
        }
        var center = Numbers(Reference.GetProperty("center"));
        var distance = name == "dadapt_sgd" ? Math.Sqrt(center.Sum(c => c * c)) : center.Max(Math.Abs);
        Assert.Equal(estimates.Order(), estimates);
        Assert.InRange(estimates[^1], distance / 20, distance * 2);
        Assert.Equal(estimates[1000], estimates[^1]);
        Assert.True(Loss("quadratic", parameters).item<double>() < start * 1e-3);
    }

    private static void Step(string problem, List<torch.Tensor> parameters, torch.optim.Optimizer optimizer)
    {
        using var scope = torch.NewDisposeScope();
        optimizer.zero_grad();
        Loss(problem, parameters).backward();
        optimizer.step();
    }

    private static torch.Tensor Loss(string problem, List<torch.Tensor> p)
    {
        if (problem == "quadratic")
        {
            return (torch.tensor(Numbers(Reference.GetProperty("curvature"))) * (p[0] - torch.tensor(Numbers(Reference.GetProperty("center")))).square()).sum() * 0.5;
        }
        var data = torch.tensor(Numbers(Reference.GetProperty("data")), 12, 5);
        var labels = torch.tensor<long>([.. Reference.GetProperty("labels").EnumerateArray().Select(l => l.GetInt64())]);
        var hidden = torch.nn.functional.linear(data, p[0], p[1]).tanh();
        return torch.nn.functional.cross_entropy(torch.nn.functional.linear(hidden, p[2], p[3]), labels);
    }

    private static void Compare(List<torch.Tensor> wanted, List<torch.Tensor> actual, string what)
    {
        var size = wanted.Max(w => w.abs().max().item<double>());
        foreach (var (w, a) in wanted.Zip(actual))
        {
            var difference = (a.detach() - w).abs().max().item<double>();
            Assert.True(difference <= 1e-10 * size, $"{what}: off by {difference / size:E2} of the largest parameter");
        }
    }

    private static List<torch.Tensor> Split(string problem, double[] all)
    {
        var (parts, start) = (new List<torch.Tensor>(), 0);
        foreach (var shape in Reference.GetProperty("shapes").GetProperty(problem).EnumerateArray())
        {
            long[] sizes = [.. shape.EnumerateArray().Select(s => s.GetInt64())];
            var count = (int)sizes.Aggregate(1L, (a, b) => a * b);
            parts.Add(torch.tensor(all.AsSpan(start, count).ToArray(), sizes));
            start += count;
        }
        return parts;
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetDouble())];
}
