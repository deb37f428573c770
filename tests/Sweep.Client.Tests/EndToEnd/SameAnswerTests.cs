using System.Runtime.InteropServices;

namespace Sweep.Client.Tests.EndToEnd;

/// <summary>The promise "same answer", with real processes, real training and real kills.</summary>
public sealed class SameAnswerTests
{
    private const string Random = """
        name: answer
        task: { dataset: fashion-mnist, model: mlp, hidden: [32], batch_size: 128, epochs: 3 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: random, trials: 6, seed: 11 }
        parameters:
          optimizer: { values: [momentum, adam] }
          lr: { min: 0.0005, max: 0.05, distribution: log_uniform }
          schedule: { values: [constant, cosine] }
        """;

    // After its first trial there is enough to do that a signal comes in time on a busy machine.
    private static readonly string Longer = Random.Replace("trials: 6", "trials: 16", StringComparison.Ordinal);

    private const string Halving = """
        name: answer
        task: { dataset: fashion-mnist, model: mlp, hidden: [64], batch_size: 128, epochs: 8 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: random, trials: 8, seed: 3, pruner: { type: halving, min_resource: 2, reduction_factor: 2 } }
        parameters:
          optimizer: { values: [sgd, rmsprop, adam] }
          lr: { min: 0.0005, max: 0.05, distribution: log_uniform }
        """;

    private const string Learning = """
        name: answer
        task: { dataset: fashion-mnist, model: mlp, hidden: [32], batch_size: 128, epochs: 4 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: tpe, startup_trials: 3, trials: 9, seed: 5, parallel: 2, pruner: { type: asha, min_resource: 1, reduction_factor: 2 } }
        parameters:
          optimizer: { values: [momentum, adam] }
          lr: { min: 0.0005, max: 0.05, distribution: log_uniform }
        """;

    // Trials 8 to 11 start from what those before them taught.
    private const string Generations = """
        name: answer
        task: { dataset: fashion-mnist, model: mlp, hidden: [32], batch_size: 128, epochs: 2 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: random, trials: 12, seed: 8, pruner: { type: halving, min_resource: 1, reduction_factor: 2 } }
        parameters:
          optimizer: { values: [sgd, adam] }
          lr: { min: 0.0005, max: 0.05, distribution: log_uniform }
          schedule: { values: [constant, learned_controller], probabilities: [0.2, 0.8] }
        """;

    [Theory]
    [InlineData(Random)]
    [InlineData(Learning)]
    [InlineData(Generations)]
    public async Task Run_OneSlotOrTwo_SameTable(string text)
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", text);
        var one = await workspace.SweepAsync("run", spec, "--slots", "1", "--db", "one.db");
        Assert.True(one.ExitCode == 0, one.Errors);
        var two = await workspace.SweepAsync("run", spec, "--slots", "2", "--db", "two.db");
        Assert.True(two.ExitCode == 0, two.Errors);

        Assert.Equal(await Table.ReadAsync(workspace, "answer", "--db", "one.db"), await Table.ReadAsync(workspace, "answer", "--db", "two.db"));
    }

    [Theory]
    [InlineData(Random, 1)]
    [InlineData(Random, 3)]
    [InlineData(Halving, 2)]
    [InlineData(Halving, 9)]
    [InlineData(Learning, 4)]
    [InlineData(Generations, 6)]
    public async Task Run_KilledAndResumed_SameTableAsUninterrupted(string text, int endsBeforeKill)
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", text);
        var whole = await workspace.SweepAsync("run", spec, "--slots", "2", "--db", "whole.db");
        Assert.True(whole.ExitCode == 0, whole.Errors);

        var killed = await workspace.KillAsync(["run", spec, "--slots", "2"], "val_accuracy 0.", endsBeforeKill);

        var resumed = await workspace.SweepAsync("resume", "answer", "--slots", "1", "--db", killed.Db);
        Assert.True(resumed.ExitCode == 0, resumed.Errors);
        Assert.Equal(
            await Table.ReadAsync(workspace, "answer", "--db", "whole.db"),
            await Table.ReadAsync(workspace, "answer", "--db", killed.Db));
    }

    [Fact]
    public async Task Run_InterruptedAndResumed_SameTableAsUninterrupted()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Longer);
        var whole = await workspace.SweepAsync("run", spec, "--db", "whole.db");
        Assert.True(whole.ExitCode == 0, whole.Errors);

        var stopped = await workspace.CutShortAsync(["run", spec], "trial ", 1, ExitCodes.Interrupted, process => process.Signal(PosixSignal.SIGINT));
        Assert.Contains($"sweep resume answer --db {stopped.Db}", stopped.End.Errors);

        var show = await workspace.SweepAsync("show", "answer", "--db", stopped.Db, "--json");
        Assert.Contains("\"state\": \"paused\"", show.Output);
        Assert.DoesNotContain("\"running\"", show.Output);

        var resumed = await workspace.SweepAsync("resume", "answer", "--db", stopped.Db);
        Assert.True(resumed.ExitCode == 0, resumed.Errors);
        Assert.Equal(
            await Table.ReadAsync(workspace, "answer", "--db", "whole.db"),
            await Table.ReadAsync(workspace, "answer", "--db", stopped.Db));
    }

    [Fact]
    public async Task Run_InterruptedTwice_EndsAtOnceAndCanBeResumed()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Longer);
        var stopped = await workspace.CutShortAsync(["run", spec], "trial ", 1, ExitCodes.Interrupted, process =>
        {
            process.Signal(PosixSignal.SIGINT);
            process.Signal(PosixSignal.SIGTERM);
        });

        var resumed = await workspace.SweepAsync("resume", "answer", "--db", stopped.Db);
        Assert.True(resumed.ExitCode == 0, resumed.Errors);
    }

    [Fact]
    public async Task Resume_OwnerLives_RefusedWithItsPid()
    {
        using var workspace = new Workspace();
        var spec = workspace.Write("spec.yaml", Random.Replace("epochs: 3", "epochs: 1000", StringComparison.Ordinal));
        using var owner = workspace.Start("run", spec);
        await owner.LineAsync("sweep answer");

        var refused = await workspace.SweepAsync("resume", "answer");

        Assert.Equal(ExitCodes.Failure, refused.ExitCode);
        Assert.Contains($"process {owner.Pid}", refused.Errors);
        owner.Signal(PosixSignal.SIGTERM);
        Assert.Equal(ExitCodes.Interrupted, (await owner.EndAsync()).ExitCode);
    }
}
