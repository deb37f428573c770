using System.Text.Json;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>Looking ahead with <c>plan</c>, and going on with <c>resume --more</c>.</summary>
public sealed class PlanAndReviseTests
{
    private const string Spec = """
        name: small
        task: { dataset: fashion-mnist, model: mlp, hidden: [16], batch_size: 512, epochs: 3 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: random, trials: 9, pruner: { type: halving } }
        parameters:
          optimizer: adam
          lr: { min: 0.001, max: 0.01, distribution: log_uniform }
        """;

    [Fact]
    public async Task Plan_SaysWhatWillBeDone_AndWritesNothing()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Spec);
        var text = await workspace.SweepAsync("plan", spec, "--slots", "2");
        Assert.True(text.ExitCode == 0, text.Errors);
        Assert.Contains("9 to 1 epoch, 3 to 3", text.Errors, StringComparison.Ordinal);
        Assert.Contains("15 (without pruning: 27)", text.Errors, StringComparison.Ordinal);
        Assert.Contains("on 2 slots", text.Errors, StringComparison.Ordinal);

        var run = await workspace.SweepAsync("plan", spec, "--json");
        Assert.True(run.ExitCode == 0, run.Errors);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal(15, json.RootElement.GetProperty("epochs").GetInt32());
        Assert.InRange(json.RootElement.GetProperty("seconds_per_epoch").GetDouble(), 1e-4, 1e4);

        // 784-16-10 in float32 and Adam's two moments, and little else.
        Assert.InRange(json.RootElement.GetProperty("checkpoint_bytes").GetInt64(), 3 * 4 * 12_730, 5 * 4 * 12_730);
        Assert.Equal([spec], Directory.GetFileSystemEntries(workspace.Folder));
    }

    [Fact]
    public async Task ResumeMore_AFinishedSweep_MakesThemInANewBracket()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Spec);
        Assert.Equal(0, (await workspace.SweepAsync("run", spec)).ExitCode);
        var more = await workspace.SweepAsync("resume", "small", "--more", "3");
        Assert.True(more.ExitCode == 0, more.Errors);
        using var json = JsonDocument.Parse((await workspace.SweepAsync("trials", "small", "--json")).Output);
        var states = json.RootElement.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("state").GetString()).ToList();
        Assert.Equal((12, 4, 8), (states.Count, states.Count(state => state == "completed"), states.Count(state => state == "pruned")));
        Assert.Contains("bracket 2, rung 1: 1 of 3 go on", (await workspace.SweepAsync("trials", "small")).Errors, StringComparison.Ordinal);
        Assert.Contains("nothing is left to run", (await workspace.SweepAsync("resume", "small")).Errors, StringComparison.Ordinal);
        Assert.Contains("has no trial that failed", (await workspace.SweepAsync("retry", "small")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BestBy_ShowsTheBestOfEachValue()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", """
            name: by
            task: { function: sphere, dimensions: 2 }
            objective: { metric: value }
            search: { sampler: random, trials: 40, seed: 3 }
            parameters: { x0: { values: [0, 1, 2] }, x1: { values: [-1, 0, 1, 2] } }
            """);
        var run = await workspace.SweepAsync("run", spec);
        Assert.True(run.ExitCode == 0, run.Errors);
        using var json = JsonDocument.Parse((await workspace.SweepAsync("best", "by", "--by", "x0", "--json")).Output);
        Assert.Equal([0, 1, 4], json.RootElement.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("values")[0].GetDouble()));
        using var pairs = JsonDocument.Parse((await workspace.SweepAsync("best", "by", "--by", "x0, x1", "-k", "99", "--json")).Output);
        Assert.Equal(12, pairs.RootElement.GetProperty("trials").GetArrayLength());
    }
}
