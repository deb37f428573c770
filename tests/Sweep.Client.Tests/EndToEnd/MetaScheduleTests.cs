namespace Sweep.Client.Tests.EndToEnd;

/// <summary><c>schedule: meta</c> by the command line.</summary>
public sealed class MetaScheduleTests
{
    private const string Later = """
        name: later
        task: { dataset: noisy_linear, rows: 400, model: linear, epochs: 2 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: grid }
        parameters: { optimizer: sgd, schedule: meta, lr: { values: [0.1] } }
        """;

    [Fact]
    public async Task Run_AfterASweepOnAnotherTask_TakesItsScheduleAndShowsWhereFrom()
    {
        using var workspace = new Workspace();
        var later = workspace.Write("later.yaml", Later);
        var validated = await workspace.SweepAsync("validate", later);
        Assert.Equal(ExitCodes.Success, validated.ExitCode);
        Assert.Contains("schedule: meta is resolved when the sweep is submitted", validated.Errors);

        var early = await workspace.SweepAsync("run", later);
        Assert.Equal(ExitCodes.Failure, early.ExitCode);
        Assert.Contains("schedule: meta: this store has no sweep to learn from", early.Errors);
        Assert.Equal([later], Directory.GetFileSystemEntries(workspace.Folder));

        var earlier = workspace.Write("earlier.yaml", Later.Replace("later", "earlier", StringComparison.Ordinal)
            .Replace("noisy_linear", "spirals", StringComparison.Ordinal)
            .Replace("schedule: meta", "schedule: { values: [cosine, linear] }", StringComparison.Ordinal));
        var first = await workspace.SweepAsync("run", earlier);
        Assert.True(first.ExitCode == 0, first.Errors);
        var run = await workspace.SweepAsync("run", later);
        Assert.True(run.ExitCode == 0, run.Errors);

        var show = await workspace.SweepAsync("show", "later", "--json");
        Assert.Contains("meta: {\\u0022schedule\\u0022: ", show.Output.Replace("\\\"", "\\u0022", StringComparison.Ordinal));
        Assert.Contains("earlier", show.Output);
        Assert.Contains("from earlier", (await workspace.SweepAsync("show", "later")).Errors);
        var again = await workspace.SweepAsync("resume", "later");
        Assert.True(again.ExitCode == 0, again.Errors);
    }
}
