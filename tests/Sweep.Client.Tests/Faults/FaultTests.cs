using System.Diagnostics;
using System.Runtime.InteropServices;
using Sweep.Search.Trials;

namespace Sweep.Client.Tests.Faults;

/// <summary>Kill anything, lose nothing: after each fault the sweep goes on by itself and comes to the table of an undisturbed run, bit for bit.</summary>
public sealed class FaultTests
{
    // Real training, on real images; a promotion decides what goes on.
    private const string Halving = """
        name: faults
        task: { dataset: fashion-mnist, model: mlp, hidden: [32], batch_size: 128, epochs: 8 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: random, trials: 8, seed: 3, pruner: { type: halving, min_resource: 2, reduction_factor: 2 } }
        parameters:
          optimizer: { values: [sgd, adam] }
          lr: { min: 0.0005, max: 0.05, distribution: log_uniform }
        """;

    // The search learns, in a virtual order.
    private const string Learning = """
        name: faults
        task: { function: curves, epochs: 27, sleep: 0.06 }
        objective: { metric: value, goal: minimize }
        search: { sampler: tpe, startup_trials: 5, trials: 24, seed: 5, parallel: 4, pruner: { type: asha, min_resource: 1, reduction_factor: 3 } }
        parameters: { quality: { min: 0.0, max: 1.0 }, slowness: { min: 0.0, max: 1.0 } }
        """;

    private static readonly Dictionary<string, Task<string>> Undisturbed = new(StringComparer.Ordinal);

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public async Task KilledCommand_LeavesTheSweepToTheSilos(StoreKind kind)
    {
        await using var scene = await BeginAsync(kind, "halving");
        await scene.StartSiloAsync("silo", 2);
        var watch = scene.Start("watch", scene.Sweep.Name, "--db", scene.Db);
        await scene.UntilEpochsAsync(4);

        await scene.MarkFaultAsync();
        watch.Kill();

        await SameAsync(scene, "halving", "command killed");
    }

    [Theory]
    [InlineData(StoreKind.Sqlite, "halving")]
    [InlineData(StoreKind.Sqlite, "learning")]
    [InlineData(StoreKind.Postgres, "halving")]
    [InlineData(StoreKind.Postgres, "learning")]
    public async Task StoppedSilo_PastItsLease_ItsLateReportsChangeNothing(StoreKind kind, string spec)
    {
        await using var scene = await BeginAsync(kind, spec);
        var sleeper = await scene.StartSiloAsync("sleeper");
        await scene.StartSiloAsync("heir");
        await scene.UntilEpochsAsync(4);
        await scene.UntilRunningOnAsync("sleeper");
        var incarnation = (await scene.SilosAsync("sleeper"))[0].Incarnation;

        await scene.MarkFaultAsync();
        async Task<bool> IsBuriedAsync() => (await scene.SilosAsync("sleeper")).All(s => s.Incarnation != incarnation);
        do
        {
            // Alive by proof, so its lease has to run out; the store forgets that incarnation then. Stopped in the middle of a write to a file, it holds
            // all others up instead: it has to be stopped elsewhere.
            sleeper.Signal("STOP");
            var stopped = Stopwatch.StartNew();
            await scene.UntilAsync(async () => await IsBuriedAsync() || (kind == StoreKind.Sqlite && stopped.Elapsed > 4 * FaultScene.Lease));
            sleeper.Signal("CONT");
        }
        while (!await IsBuriedAsync());

        // It begins again under a new one.
        await scene.UntilAsync(async () => (await scene.SilosAsync("sleeper")).Any(s => s.Incarnation != incarnation)
            || TrialStates.IsOver((await scene.Store.FindSweepAsync(scene.Sweep.Name, default))!.State));
        await SameAsync(scene, spec, "silo stopped past its lease, then continued");
    }

    [Theory]
    [InlineData(StoreKind.Sqlite, "halving")]
    [InlineData(StoreKind.Sqlite, "learning")]
    [InlineData(StoreKind.Postgres, "halving")]
    [InlineData(StoreKind.Postgres, "learning")]
    public async Task TwoCoordinators_Forced(StoreKind kind, string spec)
    {
        await using var scene = await BeginAsync(kind, spec);
        await scene.StartSiloAsync("one");
        await scene.StartSiloAsync("two");
        foreach (var epochs in (int[])[3, 8, 14])
        {
            await scene.UntilEpochsAsync(epochs);
            await scene.MarkFaultAsync();
            if (await scene.OwnerAsync() is { } owner)
            {
                // The store gives its sweep away while it coordinates: there are two, until the first one writes.
                await scene.Store.BurySiloAsync(owner.Incarnation, "a lie", default);
            }
        }

        await SameAsync(scene, spec, "two coordinators");
    }

    [Theory]
    [InlineData(StoreKind.Sqlite)]
    [InlineData(StoreKind.Postgres)]
    public async Task DrainedSilo_GivesItsTrialsBackAtOnce(StoreKind kind)
    {
        await using var scene = await BeginAsync(kind, "halving");
        var drained = await scene.StartSiloAsync("drained", 2);
        await scene.UntilEpochsAsync(3);

        await scene.MarkFaultAsync();
        drained.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, (await drained.EndAsync()).ExitCode);
        Assert.Empty(await scene.SilosAsync("drained"));
        Assert.Empty(await scene.Store.ListRunningAsync(scene.Sweep.Id, default));
        await scene.StartSiloAsync("heir", 2);

        await SameAsync(scene, "halving", "silo drained (SIGTERM)");
    }

    /// <summary>The sweep file; with SWEEP_SEED, another sweep of the same shape.</summary>
    internal static string SpecOf(string name)
    {
        var (spec, seed) = name == "halving" ? (Halving, "seed: 3") : (Learning, "seed: 5");
        return Environment.GetEnvironmentVariable("SWEEP_SEED") is { Length: > 0 } other ? spec.Replace(seed, $"seed: {other}", StringComparison.Ordinal) : spec;
    }

    internal static Task<FaultScene> BeginAsync(StoreKind kind, string spec, bool ownServer = false) => FaultScene.CreateAsync(kind, SpecOf(spec), ownServer);

    internal static async Task SameAsync(FaultScene scene, string spec, string fault)
    {
        var table = await scene.FinishAsync(fault);
        Task<string> undisturbed;
        lock (Undisturbed)
        {
            if (!Undisturbed.TryGetValue(spec, out undisturbed!))
            {
                Undisturbed.Add(spec, undisturbed = FaultScene.UndisturbedAsync(SpecOf(spec)));
            }
        }

        Assert.Equal(await undisturbed, table);
    }
}
