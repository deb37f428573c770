using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>Sweeps that are left to silos: submitted, watched, paused and ended from other processes.</summary>
public sealed class SiloTests
{
    private const string Quick = """
        name: quick
        task: { function: branin }
        objective: { metric: value }
        search: { sampler: random, trials: 8, seed: 4 }
        """;

    // Each trial takes a while: something can be done to it in the middle.
    private const string Slow = """
        name: slow
        task: { function: curves, epochs: 400, sleep: 0.05 }
        objective: { metric: value }
        search: { sampler: random, trials: 6, seed: 4 }
        """;

    [Fact]
    public async Task Submit_WithoutSilos_PrintsTheNameAndSaysWhyItWaits_ThenASiloRunsItToTheSameTable()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Quick);
        Assert.Equal(0, (await workspace.SweepAsync("run", spec, "--db", "alone.db")).ExitCode);

        var submit = await workspace.SweepAsync("submit", spec, "--priority", "3", "--slots", "2");
        Assert.True(submit.ExitCode == 0, submit.Errors);
        Assert.Equal("quick\n", submit.Output);
        Assert.Equal("waiting: no live silo\n", submit.Errors);
        Assert.Contains("waiting: no live silo", (await workspace.SweepAsync("show", "quick")).Errors, StringComparison.Ordinal);
        Assert.Contains("quick: waiting: no live silo", (await workspace.SweepAsync("list")).Errors, StringComparison.Ordinal);

        var silo = await workspace.SweepAsync("silo", "--until-idle", "--slots", "2", "--name", "worker", "--labels", "gpu,fast");
        Assert.True(silo.ExitCode == 0, silo.Errors);
        Assert.StartsWith("silo worker: 2 slots, labels fast,gpu, store sweep.db\n", silo.Errors, StringComparison.Ordinal);
        using var show = JsonDocument.Parse((await workspace.SweepAsync("show", "quick", "--json")).Output);
        Assert.Equal("completed", show.RootElement.GetProperty("state").GetString());
        Assert.Equal(3, show.RootElement.GetProperty("priority").GetInt32());
        Assert.Equal(2, show.RootElement.GetProperty("slots").GetInt32());
        Assert.Equal(await Table.ReadAsync(workspace, "quick", "--db", "alone.db"), await Table.ReadAsync(workspace, "quick"));
        Assert.Contains("sweep quick: coordinated here", await File.ReadAllTextAsync(workspace.File("sweep.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_NameTaken_NumberedOrRefused()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Quick);
        Assert.Equal("quick\n", (await workspace.SweepAsync("submit", spec)).Output);
        Assert.Equal("quick-2\n", (await workspace.SweepAsync("submit", spec)).Output);
        var refused = await workspace.SweepAsync("submit", spec, "--name", "quick");
        Assert.Equal(ExitCodes.Failure, refused.ExitCode);
        Assert.Contains("the name quick is in use", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(refused.Output);
    }

    [Fact]
    public async Task SubmitWait_WithASilo_FollowsToTheEndAndPrintsTheRanking()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Quick);
        using var silo = workspace.Start("silo", "--slots", "1");
        await silo.LineAsync("silo ");
        var submit = await workspace.SweepAsync("submit", spec, "--wait");
        Assert.True(submit.ExitCode == 0, submit.Errors);
        Assert.Equal("quick\n", submit.Output);
        Assert.Contains("sweep best quick -k 8", submit.Errors, StringComparison.Ordinal);
        for (var number = 0; number < 8; number++)
        {
            Assert.Contains($"trial {number} completed  value", submit.Errors, StringComparison.Ordinal);
        }

        var watch = await workspace.SweepAsync("watch", "quick");
        Assert.Equal(0, watch.ExitCode);
        Assert.Contains("sweep best quick", watch.Errors, StringComparison.Ordinal);
        silo.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, (await silo.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Watch_Interrupted_LeavesTheSweepToGoOn()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Slow);
        using var silo = workspace.Start("silo", "--slots", "2", "--name", "worker");
        await silo.LineAsync("silo worker");
        using var wait = workspace.Start("submit", spec, "--wait");
        await wait.LineAsync("sweep slow:");
        using var watch = workspace.Start("watch", "slow");
        await watch.LineAsync("sweep slow:");
        wait.Signal(PosixSignal.SIGINT);
        watch.Signal(PosixSignal.SIGINT);
        foreach (var end in (SweepProcess.Finished[])[await wait.EndAsync(), await watch.EndAsync()])
        {
            Assert.Equal(ExitCodes.Interrupted, end.ExitCode);
            Assert.Contains("sweep slow continues", end.Errors, StringComparison.Ordinal);
        }

        using var show = JsonDocument.Parse((await workspace.SweepAsync("show", "slow", "--json")).Output);
        Assert.Contains(show.RootElement.GetProperty("state").GetString(), (string[])["pending", "running"]);
    }

    [Fact]
    public async Task PauseResumeSetCancelDelete_OfASweepThatRunsElsewhere_ActAtOnce()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Slow);
        using var silo = workspace.Start("silo", "--slots", "2", "--name", "worker", "--labels", "fast", "--verbose");
        await silo.LineAsync("silo worker");
        Assert.Equal(0, (await workspace.SweepAsync("submit", spec)).ExitCode);
        await silo.LineAsync("coordinated here");
        await UntilAsync(workspace, silos => Running(silos).Count == 2);
        var silos = await workspace.SweepAsync("silos");
        Assert.Contains("coordinates slow", silos.Errors, StringComparison.Ordinal);
        Assert.Contains("slow 0.0 since", silos.Errors, StringComparison.Ordinal);
        Assert.Contains("alive", silos.Errors, StringComparison.Ordinal);

        using var watch = workspace.Start("watch", "slow");
        await watch.LineAsync("sweep slow:");
        Assert.Equal(0, (await workspace.SweepAsync("pause", "slow")).ExitCode);
        var paused = await watch.EndAsync();
        Assert.Equal(ExitCodes.Interrupted, paused.ExitCode);
        Assert.Contains("sweep slow is paused (paused by the user)", paused.Errors, StringComparison.Ordinal);
        await UntilAsync(workspace, list => Running(list).Count == 0);
        Assert.Contains("paused already", (await workspace.SweepAsync("pause", "slow")).Errors, StringComparison.Ordinal);

        Assert.Equal(0, (await workspace.SweepAsync("set", "slow", "slots=1", "requires=fast", "trials=7")).ExitCode);
        var resume = await workspace.SweepAsync("resume", "slow");
        Assert.True(resume.ExitCode == 0, resume.Errors);
        Assert.Contains("sweep slow is resumed on the silos", resume.Errors, StringComparison.Ordinal);
        await UntilAsync(workspace, list => Running(list).Count == 1);
        Assert.Contains("waiting: limited to 1 slot", (await workspace.SweepAsync("show", "slow")).Errors, StringComparison.Ordinal);

        Assert.Equal(0, (await workspace.SweepAsync("cancel", "slow")).ExitCode);
        var trials = (await workspace.SweepAsync("trials", "slow", "--json")).Output;
        Assert.DoesNotContain("\"running\"", trials, StringComparison.Ordinal);
        var again = await workspace.SweepAsync("cancel", "slow");
        Assert.Equal(ExitCodes.Failure, again.ExitCode);
        Assert.Contains("sweep slow is canceled: only a sweep that is not over can be canceled", again.Errors, StringComparison.Ordinal);
        Assert.Contains("only a sweep that is not over can be paused", (await workspace.SweepAsync("pause", "slow")).Errors, StringComparison.Ordinal);

        var unasked = await workspace.SweepAsync("delete", "slow");
        Assert.Equal(ExitCodes.Failure, unasked.ExitCode);
        Assert.Contains("--yes", unasked.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await workspace.SweepAsync("delete", "slow", "--yes")).ExitCode);
        Assert.Equal(ExitCodes.NotFound, (await workspace.SweepAsync("show", "slow")).ExitCode);
        silo.Signal(PosixSignal.SIGINT);
        Assert.Equal(0, (await silo.EndAsync()).ExitCode);
        Assert.Contains("no silos", (await workspace.SweepAsync("silos")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Set_WhatCannotBe_IsRefusedAndChangesNothing()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Quick);
        await workspace.SweepAsync("submit", spec);
        var before = (await workspace.SweepAsync("show", "quick", "--json")).Output;
        foreach (var (setting, message) in ((string, string)[])[("trials=7", "trials: sweep quick has 8 trials already, more than 7"), ("slots=0", "slots: '0'"), ("colour=red", "'colour' cannot be set")])
        {
            var set = await workspace.SweepAsync("set", "quick", "priority=9", setting);
            Assert.Equal(ExitCodes.Failure, set.ExitCode);
            Assert.Contains(message, set.Errors, StringComparison.Ordinal);
        }

        Assert.Equal(before, (await workspace.SweepAsync("show", "quick", "--json")).Output);
    }

    [Fact]
    public async Task Set_MoreTrialsOfAFinishedSweep_OpensItForResume()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Quick);
        Assert.Equal(0, (await workspace.SweepAsync("run", spec)).ExitCode);
        var set = await workspace.SweepAsync("set", "quick", "trials=11");
        Assert.True(set.ExitCode == 0, set.Errors);
        Assert.Contains("sweep resume quick", set.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await workspace.SweepAsync("resume", "quick")).ExitCode);
        using var show = JsonDocument.Parse((await workspace.SweepAsync("show", "quick", "--json")).Output);
        Assert.Equal(11, show.RootElement.GetProperty("trials_by_state").GetProperty("completed").GetInt32());
    }

    [Fact]
    public async Task Silos_OneKilled_IsShownAsDead()
    {
        using var workspace = new Workspace();
        using var silo = workspace.Start("silo", "--name", "worker", "--labels", "gpu", "--lease", "5s");
        await silo.LineAsync("silo worker");
        await UntilAsync(workspace, list => list.RootElement.GetProperty("silos").GetArrayLength() == 1);
        silo.Kill();
        await silo.EndAsync();
        using var json = JsonDocument.Parse((await workspace.SweepAsync("silos", "--json")).Output);
        var dead = Assert.Single(json.RootElement.GetProperty("silos").EnumerateArray());
        Assert.Equal("dead", dead.GetProperty("state").GetString());
        Assert.Equal("worker", dead.GetProperty("name").GetString());
        Assert.Equal(5, dead.GetProperty("lease_seconds").GetDouble());
        Assert.Equal("gpu", dead.GetProperty("labels")[0].GetString());
    }

    [Theory]
    [InlineData("--slots", "0")]
    [InlineData("--lease", "10")]
    [InlineData("--lease", "1ms")]
    [InlineData("--drain-timeout", "soon")]
    public async Task Silo_BadOption_BadInputAndNothingWritten(string option, string value)
    {
        using var workspace = new Workspace();
        var silo = await workspace.SweepAsync("silo", "--until-idle", option, value);
        Assert.Equal(ExitCodes.BadInput, silo.ExitCode);
        Assert.Contains($"{option}: '{value}'", silo.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(workspace.Folder));
    }

    private static List<string> Running(JsonDocument silos) =>
        [.. silos.RootElement.GetProperty("silos").EnumerateArray().SelectMany(silo => silo.GetProperty("running").EnumerateArray()).Select(trial => trial.GetRawText())];

    /// <summary>Asks until what is to happen anyway has happened: each question is a process, which takes its time.</summary>
    private static async Task UntilAsync(Workspace workspace, Func<JsonDocument, bool> condition)
    {
        for (var i = 0; i < 100; i++)
        {
            using var json = JsonDocument.Parse((await workspace.SweepAsync("silos", "--json")).Output);
            if (condition(json))
            {
                return;
            }
        }

        throw new TimeoutException("the silos never came to that: " + (await workspace.SweepAsync("silos")).Errors);
    }
}
