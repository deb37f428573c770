namespace Sweep.Client.Tests.EndToEnd;

/// <summary>Standard output and standard error that cannot be written: what is for people is dropped, what is for programs is an error.</summary>
public sealed class OutputTests
{
    private const string Spec = """
        name: s
        task: { function: sphere, dimensions: 2 }
        objective: { metric: value }
        search: { sampler: random, trials: 30, seed: 1 }
        """;

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData(">/dev/full 2>/dev/full")]
    [InlineData("2>&-")]
    [InlineData(">&-")]
    [InlineData(">&- 2>&-")]
    [InlineData("2>&1 | head -1 >/dev/null; (exit ${PIPESTATUS[0]})")]
    [InlineData("--verbose 2>/dev/full")]
    public async Task Run_DisplayThatCannotBeWritten_TrainsToTheEnd(string redirection)
    {
        using var workspace = new Workspace();
        workspace.Write("s.yaml", Spec);
        var run = await SweepProcess.ShellAsync(workspace.Folder, $"sweep run s.yaml {redirection}");
        Assert.Equal((ExitCodes.Success, ""), (run.ExitCode, run.Output));
        AssertNoStackTrace(run);
        var list = await workspace.SweepAsync("trials", "s", "--json");
        Assert.Equal(30, Count(list.Output, "\"completed\""));
        var check = await workspace.SweepAsync("db", "check");
        Assert.True(check.ExitCode == ExitCodes.Success, check.Errors);
    }

    [Fact]
    public async Task Run_LogThatCannotBeWritten_TrainsToTheEnd()
    {
        using var workspace = new Workspace();
        workspace.Write("s.yaml", Spec);
        File.CreateSymbolicLink(workspace.File("sweep.log"), "/dev/full");
        var run = await workspace.SweepAsync("run", "s.yaml");
        Assert.True(run.ExitCode == ExitCodes.Success, run.Errors);
        Assert.Equal(30, Count((await workspace.SweepAsync("trials", "s", "--json")).Output, "\"completed\""));
    }

    [Fact]
    public async Task Data_ThatCannotBeWritten_IsOneLineAndFailure()
    {
        using var workspace = new Workspace();
        workspace.Write("s.yaml", Spec);
        Assert.Equal(ExitCodes.Success, (await workspace.SweepAsync("run", "s.yaml")).ExitCode);
        foreach (var command in (string[])["trials s --json", "best s --json", "trial s 0 --json", "list --json", "silos --json", "plan s.yaml --json", "submit s.yaml", "--help", "run --help", "--version"])
        {
            var end = await SweepProcess.ShellAsync(workspace.Folder, $"sweep {command} >/dev/full");
            Assert.True(end.ExitCode == ExitCodes.Failure, $"{command}: exit code {end.ExitCode}\n{end.Errors}");
            Assert.Contains("sweep: standard output cannot be written", Assert.Single(end.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("list 2>/dev/full", ExitCodes.Failure)]
    [InlineData("trials s 2>/dev/full", ExitCodes.Failure)]
    [InlineData("show s 2>&-", ExitCodes.Failure)]
    [InlineData("best s --json 2>/dev/full", ExitCodes.Success)]
    [InlineData("show nobody 2>/dev/full", ExitCodes.NotFound)]
    [InlineData("validate bad.yaml 2>/dev/full", ExitCodes.BadInput)]
    [InlineData("--wrong 2>/dev/full", ExitCodes.BadInput)]
    [InlineData("trials s --json >&-", ExitCodes.Failure)]
    [InlineData("trials s --json | head -1", ExitCodes.Success)]
    [InlineData("trials s 2>&1 | head -1", ExitCodes.Success)]
    [InlineData("--help | head -1", ExitCodes.Success)]
    public async Task Text_ThatCannotBeWritten_HasTheRightExitCode(string command, int exitCode)
    {
        using var workspace = new Workspace();
        workspace.Write("s.yaml", Spec);
        workspace.Write("bad.yaml", "name: {");
        Assert.Equal(ExitCodes.Success, (await workspace.SweepAsync("run", "s.yaml")).ExitCode);
        var end = await SweepProcess.ShellAsync(workspace.Folder, $"sweep {command}; (exit ${{PIPESTATUS[0]}})");
        Assert.Equal(exitCode, end.ExitCode);
        AssertNoStackTrace(end);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static void AssertNoStackTrace(SweepProcess.Finished end)
    {
        Assert.DoesNotContain("   at ", end.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", end.Errors, StringComparison.Ordinal);
    }
}
