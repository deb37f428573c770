using System.Text.Json;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>What <c>sweep trial</c> shows.</summary>
public sealed class TrialTests
{
    private const string Spec = """
        name: halves
        task: { function: curves, epochs: 9 }
        objective: { metric: value, goal: minimize }
        search: { sampler: random, trials: 12, seed: 1, pruner: { type: asha, min_resource: 1, reduction_factor: 3 } }
        parameters: { quality: { min: 0.0, max: 1.0 }, slowness: { min: 0.0, max: 1.0 } }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Trial_WithItsHistory_IsOneDocument(int replicates)
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", $"{Spec}\nreplicates: {replicates}\n");
        Assert.Equal(0, (await workspace.SweepAsync("run", spec)).ExitCode);
        using var best = JsonDocument.Parse((await workspace.SweepAsync("best", "halves", "--json")).Output);
        var number = best.RootElement.GetProperty("trials")[0].GetProperty("number").GetRawText();

        using var trial = JsonDocument.Parse((await workspace.SweepAsync("trial", "halves", number, "--json")).Output);
        var root = trial.RootElement;
        var each = replicates == 1 ? [root] : root.GetProperty("replicates").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, replicates), each.Select(one => one.GetProperty("replicate").GetInt32()));
        Assert.All(each, one => Assert.Equal(Enumerable.Range(1, 9), one.GetProperty("reports").EnumerateArray().Select(report => report.GetProperty("step").GetInt32())));
        var history = root.GetProperty("history").EnumerateArray().Select(line => line.GetProperty("kind").GetString()!).ToList();
        Assert.Equal(2 * replicates, history.Count(kind => kind == "promoted"));
        Assert.Equal(2 * replicates, history.Count(kind => kind == "claimed"));
        Assert.All(root.GetProperty("history").EnumerateArray(), line => Assert.NotEqual("", line.GetProperty("silo").GetString()));

        var shown = (await workspace.SweepAsync("trial", "halves", number)).Errors;
        Assert.Contains("history", shown, StringComparison.Ordinal);
        Assert.Contains("promoted  to 9", shown, StringComparison.Ordinal);
    }
}
