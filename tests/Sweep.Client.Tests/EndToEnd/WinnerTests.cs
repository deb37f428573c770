using System.Text.Json;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>Winners on the test set of the real Fashion-MNIST: at the end, once, and never chosen by.</summary>
public sealed class WinnerTests
{
    private const string Spec = """
        name: winners
        task: { dataset: fashion-mnist, model: mlp, hidden: [32], batch_size: 256, epochs: 2 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: grid }
        parameters:
          optimizer: adam
          lr: { values: [0.0003, 0.001, 0.003, 0.01] }
        """;

    [Fact]
    public async Task Run_Completed_TestsTheBestAndSaysSo()
    {
        using var workspace = new Workspace();
        var run = await workspace.SweepAsync("run", workspace.Write("spec.yaml", Spec));
        Assert.True(run.ExitCode == 0, run.Errors);

        var trials = await RankAsync(workspace);

        // 10,000 images: an accuracy is a whole number of them. The bounds are those of any network that learned something.
        var test = trials[0].GetProperty("test");
        var accuracy = test.GetProperty("accuracy").GetDouble();
        Assert.InRange(accuracy, 0.8, 0.92);
        Assert.Equal(accuracy * 10_000, Math.Round(accuracy * 10_000), 6);
        Assert.InRange(test.GetProperty("loss").GetDouble(), 0.2, 0.6);
        Assert.All(trials.Skip(1), trial => Assert.False(trial.TryGetProperty("test", out _)));
        Assert.Contains("test_accuracy", (await workspace.SweepAsync("best", "winners")).Errors + run.Errors);
        var show = await workspace.SweepAsync("show", "winners");
        Assert.Contains($"accuracy {accuracy:0.0000}", show.Output + show.Errors);
        Assert.Contains("is optimistic", show.Output + show.Errors);
    }

    [Fact]
    public async Task Run_KilledBetweenTwoTests_TestsOnlyTheRestWhenResumed()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Spec + "\ntest: { top: 3 }\n");
        var whole = await workspace.SweepAsync("run", spec, "--db", "whole.db");
        Assert.True(whole.ExitCode == 0, whole.Errors);
        Assert.Equal(3, Count(whole.Errors, "on the test set"));

        var killed = await workspace.KillAsync(["run", spec], "on the test set");
        var first = killed.End.Errors.Split('\n').First(line => line.Contains("on the test set", StringComparison.Ordinal));

        var resumed = await workspace.SweepAsync("resume", "winners", "--db", killed.Db);

        Assert.True(resumed.ExitCode == 0, resumed.Errors);
        Assert.DoesNotContain(first[..first.IndexOf(':', StringComparison.Ordinal)], resumed.Errors);
        Assert.Equal(await Table.ReadAsync(workspace, "winners", "--db", "whole.db"), await Table.ReadAsync(workspace, "winners", "--db", killed.Db));
    }

    [Fact]
    public async Task Run_OverBest_TestsTheBestEpochsWeights()
    {
        const string Over = """
            name: winners
            task: { dataset: fashion-mnist, model: mlp, hidden: [16], batch_size: 256, epochs: 5 }
            objective: { metric: val_accuracy, goal: maximize, over: best }
            search: { sampler: grid }
            test: { top: 3 }
            parameters: { optimizer: adam, lr: { values: [0.02, 0.03, 0.04] } }
            """;
        using var workspace = new Workspace();
        var run = await workspace.SweepAsync("run", workspace.Write("over.yaml", Over));
        Assert.True(run.ExitCode == 0, run.Errors);
        var trial = JsonDocument.Parse((await workspace.SweepAsync("trial", "winners", "2", "--json")).Output).RootElement;
        var values = trial.GetProperty("reports").EnumerateArray().Select(r => r.GetProperty("metrics").GetProperty("val_accuracy").GetDouble()).ToList();
        var best = values.IndexOf(values.Max()) + 1;

        // At a constant rate, a training that ends there is the same up to there.
        var alone = Over.Replace("epochs: 5", $"epochs: {best}", StringComparison.Ordinal).Replace(", over: best", "", StringComparison.Ordinal);
        var second = await workspace.SweepAsync("run", workspace.Write("last.yaml", alone), "--name", "last");
        Assert.True(second.ExitCode == 0, second.Errors);
        var last = JsonDocument.Parse((await workspace.SweepAsync("trial", "last", "2", "--json")).Output).RootElement;

        Assert.Equal(last.GetProperty("test").GetRawText(), trial.GetProperty("test").GetRawText());
    }

    [Fact]
    public async Task Run_TopZero_LeavesTheTestSetUnread()
    {
        using var workspace = new Workspace();
        var data = new DataFolder(workspace, "fashion-mnist", "t10k-images-idx3-ubyte.gz");
        var run = await data.RunAsync("run", workspace.Write("spec.yaml", Spec + "\ntest: { top: 0 }\n"));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.All(await RankAsync(workspace), trial => Assert.False(trial.TryGetProperty("test", out _)));
    }

    [Fact]
    public async Task Run_BadTestSet_KeepsTheSearchAndTestsWhenItIsMended()
    {
        using var workspace = new Workspace();
        var data = new DataFolder(workspace, "fashion-mnist", "t10k-images-idx3-ubyte.gz");
        var run = await data.RunAsync("run", workspace.Write("spec.yaml", Spec));
        Assert.Equal(ExitCodes.Failure, run.ExitCode);
        Assert.Contains("t10k-images-idx3-ubyte.gz: ", run.Errors);
        Assert.Contains("could not be tested", (await workspace.SweepAsync("show", "winners", "--json")).Output);

        data.Mend();
        var resumed = await data.RunAsync("resume", "winners");

        Assert.True(resumed.ExitCode == 0, resumed.Errors);
        Assert.True((await RankAsync(workspace))[0].TryGetProperty("test", out _));
    }

    [Fact]
    public async Task Run_NoTestSet_SaysSoAndCompletes()
    {
        using var workspace = new Workspace();
        var data = new DataFolder(workspace, "fashion-mnist", "t10k-images-idx3-ubyte.gz");
        data.Remove();
        var run = await data.RunAsync("run", workspace.Write("spec.yaml", Spec));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("no test set", (await workspace.SweepAsync("show", "winners", "--json")).Output);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static async Task<List<JsonElement>> RankAsync(Workspace workspace)
    {
        var best = await workspace.SweepAsync("best", "winners", "--json");
        Assert.True(best.ExitCode == 0, best.Errors);
        using var document = JsonDocument.Parse(best.Output);
        return [.. document.RootElement.GetProperty("trials").EnumerateArray().Select(t => t.Clone())];
    }

    /// <summary>Links to Debian's files, one of them broken.</summary>
    private sealed class DataFolder
    {
        private const string Source = "/usr/share/datasets/fashion-mnist";
        private readonly Workspace _workspace;
        private readonly string _broken;

        public DataFolder(Workspace workspace, string name, string broken)
        {
            _workspace = workspace;
            var folder = Directory.CreateDirectory(workspace.File($"data/{name}")).FullName;
            foreach (var file in Directory.GetFiles(Source, "*-ubyte.gz"))
            {
                File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(file)), file);
            }

            _broken = Path.Combine(folder, broken);
            File.Delete(_broken);
            File.WriteAllText(_broken, "no images");
        }

        public void Mend()
        {
            File.Delete(_broken);
            File.CreateSymbolicLink(_broken, Path.Combine(Source, Path.GetFileName(_broken)));
        }

        public void Remove() => File.Delete(_broken);

        public async Task<SweepProcess.Finished> RunAsync(params string[] arguments)
        {
            using var process = SweepProcess.Start(_workspace.Folder, new Dictionary<string, string?> { ["SWEEP_DATA"] = _workspace.File("data") }, arguments);
            return await process.EndAsync();
        }
    }
}
