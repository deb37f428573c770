using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>The store itself: created, checked, and its sweeps moved to another.</summary>
public sealed class DbTests
{
    private const string Quick = """
        name: quick
        task: { function: curves, epochs: 9 }
        objective: { metric: value }
        search: { sampler: random, trials: 9, seed: 4, pruner: { type: asha, min_resource: 1, reduction_factor: 3 } }
        """;

    private const string Trained = """
        name: trained
        task: { dataset: spirals, model: mlp, hidden: [8], batch_size: 64, epochs: 150 }
        objective: { metric: val_accuracy, goal: maximize }
        replicates: 2
        search: { sampler: random, trials: 4, seed: 2 }
        parameters:
          optimizer: { values: [sgd, adam] }
          lr: { min: 0.001, max: 0.1, distribution: log_uniform }
        """;

    [Fact]
    public async Task ExportImport_EveryQueryAnswersTheSame_AndTheIdsAreOthers()
    {
        using var workspace = new Workspace();
        foreach (var (name, text) in ((string, string)[])[("quick", Quick), ("trained", Trained)])
        {
            var run = await workspace.SweepAsync("run", workspace.Write($"{name}.yaml", text), "--db", "from.db");
            Assert.True(run.ExitCode == 0, run.Errors);
        }

        // Another sweep was there before: no id can stay what it was.
        await workspace.SweepAsync("run", workspace.File("quick.yaml"), "--name", "before", "--db", "to.db");
        var export = await workspace.SweepAsync("db", "export", "all.sweeps", "--db", "from.db");
        Assert.True(export.ExitCode == 0, export.Errors);
        Assert.Equal("exported 2 sweeps: quick, trained\n", export.Errors);
        var import = await workspace.SweepAsync("db", "import", "all.sweeps", "--db", "to.db");
        Assert.True(import.ExitCode == 0, import.Errors);

        foreach (var name in (string[])["quick", "trained"])
        {
            foreach (var query in (string[][])[["best", name], ["show", name], ["trials", name], ["trial", name, "1"]])
            {
                var from = await workspace.SweepAsync([.. query, "--json", "--db", "from.db"]);
                var to = await workspace.SweepAsync([.. query, "--json", "--db", "to.db"]);
                Assert.True(from.ExitCode == 0, from.Errors);
                Assert.Equal(from.Output, to.Output);
            }
        }

        Assert.Equal("the store is consistent\n", (await workspace.SweepAsync("db", "check", "--db", "to.db")).Errors);
        var again = await workspace.SweepAsync("db", "import", "all.sweeps", "--db", "to.db");
        Assert.Equal(ExitCodes.Failure, again.ExitCode);
        Assert.Contains("the store has a sweep quick already; nothing was imported", again.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportImport_OfAPausedSweep_GoesOnToTheSameTable()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Trained.Replace("replicates: 2\n", "", StringComparison.Ordinal));
        Assert.Equal(0, (await workspace.SweepAsync("run", spec, "--db", "whole.db")).ExitCode);
        var stopped = await workspace.CutShortAsync(
            ["run", spec, "--slots", "1"], "trial 0 completed", 1, ExitCodes.Interrupted, process => process.Signal(PosixSignal.SIGINT));

        Assert.Equal(0, (await workspace.SweepAsync("db", "export", "one.sweeps", "--sweep", "trained", "--db", stopped.Db)).ExitCode);
        Assert.Equal(0, (await workspace.SweepAsync("db", "import", "one.sweeps", "--db", "to.db")).ExitCode);
        var resumed = await workspace.SweepAsync("resume", "trained", "--db", "to.db");
        Assert.True(resumed.ExitCode == 0, resumed.Errors);
        Assert.Equal(await Table.ReadAsync(workspace, "trained", "--db", "whole.db"), await Table.ReadAsync(workspace, "trained", "--db", "to.db"));
    }

    [Fact]
    public async Task Export_WhileASiloRunsTrials_IsRefused()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Quick.Replace("epochs: 9", "epochs: 900, sleep: 0.05", StringComparison.Ordinal).Replace("asha", "median", StringComparison.Ordinal).Replace(", min_resource: 1, reduction_factor: 3", "", StringComparison.Ordinal));
        using var run = workspace.Start("run", spec, "--verbose");
        await run.LineAsync("coordinated here");
        SweepProcess.Finished refused;
        do
        {
            refused = await workspace.SweepAsync("db", "export", "x.sweeps");
        }
        while (refused.ExitCode == 0);
        Assert.Equal(ExitCodes.Failure, refused.ExitCode);
        Assert.Contains("sweep pause quick", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfACutOrForeignFile_IsRefusedAndChangesNothing()
    {
        using var workspace = new Workspace();
        await workspace.SweepAsync("run", workspace.Write("spec.yaml", Quick));
        await workspace.SweepAsync("db", "export", "good.sweeps");
        await using (var whole = new GZipStream(File.OpenRead(workspace.File("good.sweeps")), CompressionMode.Decompress))
        await using (var cut = new GZipStream(File.Create(workspace.File("cut.sweeps")), CompressionLevel.Fastest))
        {
            var bytes = new MemoryStream();
            await whole.CopyToAsync(bytes);
            var lines = System.Text.Encoding.UTF8.GetString(bytes.ToArray()).Split('\n');
            await cut.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines[..^5]) + "\n"));
        }

        workspace.Write("foreign.sweeps", "not a file of ours");
        foreach (var (file, message) in ((string, string)[])[("cut.sweeps", "is cut off after"), ("foreign.sweeps", "is no export of sweeps"), ("none.sweeps", "no such file")])
        {
            var import = await workspace.SweepAsync("db", "import", file, "--db", "other.db");
            Assert.Contains(message, import.Errors, StringComparison.Ordinal);
            Assert.NotEqual(0, import.ExitCode);
        }

        Assert.DoesNotContain("quick", (await workspace.SweepAsync("list", "--json", "--db", "other.db")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_CreatesAStoreOnce_AndUpgradeFindsItUpToDate()
    {
        using var workspace = new Workspace();
        Assert.Equal(ExitCodes.NotFound, (await workspace.SweepAsync("db", "upgrade")).ExitCode);
        Assert.Contains("the store is created", (await workspace.SweepAsync("db", "init")).Errors, StringComparison.Ordinal);
        Assert.Contains("the store exists already", (await workspace.SweepAsync("db", "init")).Errors, StringComparison.Ordinal);
        Assert.Contains("up to date", (await workspace.SweepAsync("db", "upgrade")).Errors, StringComparison.Ordinal);
        Assert.Contains("see: sweep db check --help", (await workspace.SweepAsync("db", "check", "--wrong")).Errors, StringComparison.Ordinal);
    }
}
