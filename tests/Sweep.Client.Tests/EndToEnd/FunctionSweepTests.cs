using System.Runtime.InteropServices;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>Sweeps over built-in functions, which need no training: the same promises, and no libtorch.</summary>
public sealed class FunctionSweepTests
{
    private const string Learning = """
        name: answer
        task: { function: mixed_conditional, noise: 0.05, sleep: 0.002 }
        objective: { metric: value }
        search: { sampler: tpe, startup_trials: 5, trials: 40, seed: 5, parallel: 4 }
        """;

    private const string Curves = """
        name: answer
        task: { function: curves, epochs: 9, noise: 0.01, sleep: 0.002 }
        objective: { metric: value }
        search: { sampler: random, trials: 27, seed: 3, pruner: { type: asha, min_resource: 1, reduction_factor: 3 } }
        """;

    [Theory]
    [InlineData(Learning)]
    [InlineData(Curves)]
    public async Task Run_KilledAndResumed_OrOnAnotherNumberOfSlots_SameTable(string text)
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", text);
        var one = await workspace.SweepAsync("run", spec, "--slots", "1", "--db", "one.db");
        Assert.True(one.ExitCode == 0, one.Errors);
        var killed = await workspace.KillAsync(["run", spec, "--slots", "2"], "  value ", 9);

        var resumed = await workspace.SweepAsync("resume", "answer", "--slots", "3", "--db", killed.Db);
        Assert.True(resumed.ExitCode == 0, resumed.Errors);
        Assert.Equal(await Table.ReadAsync(workspace, "answer", "--db", "one.db"), await Table.ReadAsync(workspace, "answer", "--db", killed.Db));
    }

    [Fact]
    public async Task Run_OfAFunction_DoesNotLoadLibtorch()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Curves.Replace("sleep: 0.002", "sleep: 0.2", StringComparison.Ordinal));
        using var run = workspace.Start("run", spec);
        await run.LineAsync("  value ");
        var maps = await File.ReadAllTextAsync($"/proc/{run.Pid}/maps");
        run.Signal(PosixSignal.SIGTERM);
        Assert.Equal(ExitCodes.Interrupted, (await run.EndAsync()).ExitCode);
        Assert.Contains("libsqlite3", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("libtorch", maps, StringComparison.Ordinal);
    }
}
