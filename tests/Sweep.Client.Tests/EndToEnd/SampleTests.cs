using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>What the repository shows a newcomer: its sweep files, the README's commands, and the JSON that scripts read.</summary>
public sealed partial class SampleTests
{
    public static TheoryData<string> SweepFiles() =>
        [.. Directory.GetFiles(Path.Combine(Workspace.Root, "sweeps"), "*.yaml").Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(SweepFiles))]
    public async Task SweepFile_IsValidWithoutWarning(string file)
    {
        using var workspace = new Workspace();
        var validate = await workspace.SweepAsync("validate", Path.Combine(Workspace.Root, "sweeps", file));
        Assert.True(validate.ExitCode == 0, validate.Errors);
        Assert.Single(validate.Errors.Trim().Split('\n'));
        Assert.Empty(Directory.GetFileSystemEntries(workspace.Folder));
    }

    public static TheoryData<string> Pages() =>
        ["README.md", .. Directory.GetFiles(Path.Combine(Workspace.Root, "docs"), "*.md").Select(f => Path.GetRelativePath(Workspace.Root, f))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_ItsSweepFiles_AreValid(string page)
    {
        using var workspace = new Workspace();
        foreach (Match sample in YamlBlock().Matches(await File.ReadAllTextAsync(Path.Combine(Workspace.Root, page))))
        {
            var validate = await workspace.SweepAsync("validate", workspace.Write("sample.yaml", sample.Groups["yaml"].Value));
            Assert.True(validate.ExitCode == 0, validate.Errors);
        }
    }

    [Fact]
    public async Task Readme_EveryCommandOnTheQuickSweep_Works()
    {
        using var workspace = new Workspace();
        Directory.CreateSymbolicLink(workspace.File("sweeps"), Path.Combine(Workspace.Root, "sweeps"));
        var commands = ReadmeCommand().Matches(await File.ReadAllTextAsync(Path.Combine(Workspace.Root, "README.md")))
            .Select(match => match.Groups["command"].Value.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        Assert.True(commands.Count >= 7, "the README shows fewer commands than there are");
        foreach (var command in commands)
        {
            var end = await workspace.SweepAsync(command);
            Assert.True(end.ExitCode == 0, $"sweep {string.Join(' ', command)}: {end.Errors}");
        }
    }

    [Fact]
    public async Task Json_OfEachCommand_HasTheDocumentedShape()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", """
            name: shapes
            task: { dataset: fashion-mnist, model: mlp, hidden: [16], batch_size: 512, epochs: 2 }
            objective: { metric: val_loss, goal: minimize }
            search: { sampler: grid }
            parameters: { optimizer: sgd, lr: { values: [0.01, 0.1, 1e+30] } }
            """);
        var run = await workspace.SweepAsync("run", spec);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Empty(run.Output);

        var best = await JsonAsync(workspace, "best", "shapes", "-k", "2");
        Assert.Equal("shapes", best.GetProperty("sweep").GetString());
        var objective = Assert.Single(best.GetProperty("objectives").EnumerateArray());
        Assert.Equal(("val_loss", "minimize"), (objective.GetProperty("metric").GetString(), objective.GetProperty("goal").GetString()));
        var ranked = best.GetProperty("trials").EnumerateArray().ToList();
        Assert.Equal([1, 0], ranked.Select(t => t.GetProperty("number").GetInt32()));
        Assert.True(ranked[0].GetProperty("values")[0].GetDouble() < ranked[1].GetProperty("values")[0].GetDouble());
        Assert.Equal(0.1, ranked[0].GetProperty("parameters").GetProperty("lr").GetDouble());
        Assert.Equal(0, ranked[0].GetProperty("replicate").GetInt32());
        Assert.Equal(2, ranked[0].GetProperty("resource").GetInt32());
        Assert.True(ranked[0].GetProperty("seconds").GetDouble() > 0);

        var trials = (await JsonAsync(workspace, "trials", "shapes")).GetProperty("trials").EnumerateArray().ToList();
        Assert.Equal([0, 1, 2], trials.Select(t => t.GetProperty("number").GetInt32()));
        Assert.Equal(["completed", "completed", "diverged"], trials.Select(t => t.GetProperty("state").GetString()));
        Assert.Contains("learning rate 1E+30", trials[2].GetProperty("reason").GetString());

        var trial = await JsonAsync(workspace, "trial", "shapes", "1");
        Assert.Equal([1, 2], trial.GetProperty("reports").EnumerateArray().Select(r => r.GetProperty("step").GetInt32()));

        var list = Assert.Single((await JsonAsync(workspace, "list")).GetProperty("sweeps").EnumerateArray());
        Assert.Equal("completed", list.GetProperty("state").GetString());
        Assert.Equal(1, (await JsonAsync(workspace, "show", "shapes")).GetProperty("best").GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task Run_EveryTrialFails_ExitCodeFailure()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", """
            name: hopeless
            task: { dataset: fashion-mnist, model: mlp, hidden: [16], batch_size: 512, epochs: 1 }
            objective: { metric: val_loss, goal: minimize }
            search: { sampler: grid }
            parameters: { optimizer: sgd, lr: { values: [1e+30, 1e+31] } }
            """);
        var run = await workspace.SweepAsync("run", spec);
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("no trial", run.Errors);
        Assert.Equal("failed", (await JsonAsync(workspace, "show", "hopeless")).GetProperty("state").GetString());
    }

    private static async Task<JsonElement> JsonAsync(Workspace workspace, params string[] arguments)
    {
        var end = await workspace.SweepAsync([.. arguments, "--json"]);
        Assert.True(end.ExitCode == 0, end.Errors);
        Assert.Empty(end.Errors);
        using var document = JsonDocument.Parse(end.Output);
        return document.RootElement.Clone();
    }

    // Only whole files: a fragment that shows one setting has no name.
    [GeneratedRegex(@"^```yaml\n(?<yaml>(#.*\n)*name: (.*\n)*?)```$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex YamlBlock();

    [GeneratedRegex(@"^    \./sweep (?<command>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReadmeCommand();
}
