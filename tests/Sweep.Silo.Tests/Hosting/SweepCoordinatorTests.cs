using Serilog;
using Serilog.Core;
using Sweep.Grains.Grains;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Grains.Trials;
using Sweep.Silo.Execution;
using Sweep.Silo.Hosting;
using Sweep.Silo.Leases;
using Sweep.Silo.Storage.Sqlite;

namespace Sweep.Silo.Tests.Hosting;

/// <summary>A coordinator whose trials run on another silo, over a real SQLite store.</summary>
public sealed class SweepCoordinatorTests : IAsyncLifetime
{
    private const int Trials = 1300;

    private static readonly string Spec = $$"""
        name: elsewhere
        task: { dataset: fashion-mnist, model: mlp, epochs: 1 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: random, trials: {{Trials}}, seed: 5 }
        parameters: { optimizer: sgd, lr: { min: 0.001, max: 1.0, distribution: log_uniform } }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("sweep-coordinator-").FullName;
    private SqliteStore _store = null!;

    public async Task InitializeAsync() => _store = await SqliteStore.OpenAsync(Path.Combine(_folder, "s.db"), TimeProvider.System, default);

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>More trials run than are asked after at a hint, and there is always another hint: what ends is still seen, wherever it stands.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    [InlineData(Trials - 1)]
    public async Task TrialThatEndsElsewhere_BesideManyThatRun_IsSeen(int number)
    {
        var spec = SpecReader.Read(Spec, "elsewhere.yaml", TrainingCatalogue.Create()).Spec!;
        var sweep = (await _store.CreateSweepAsync(
            new NewSweep(spec.Name, false, Spec, "elsewhere.yaml", 5, 1, true, new Dictionary<string, string>()), default)).Sweep!;
        var here = await RegisterAsync();
        var elsewhere = await RegisterAsync();
        var term = (await _store.ActivateSweepAsync(sweep.Id, here.Incarnation, default)).Term!.Value;
        var host = new Host(_store);
        var work = new SweepWork(sweep, spec, new FunctionTrainings((_, _) => 0.5), "profile");
        var coordinator = new SweepCoordinator(work, term, TimeSpan.Zero, host);
        using var stop = new CancellationTokenSource();
        var running = coordinator.RunAsync(Task.CompletedTask, stop.Token);
        using var hints = new Timer(_ => coordinator.Hint(), null, 0, 5);

        var claimed = new List<ClaimedTrial>();
        while (claimed.Count < Trials)
        {
            claimed.AddRange(await _store.ClaimTrialsAsync(sweep.Id, elsewhere.Incarnation, "profile", Trials, default));
        }

        var trial = claimed[number].Trial;
        await _store.WriteAsync(new OwnerUnit(trial.Id, trial.Attempt) { Outcome = new TrialOutcome(TrialState.Failed, "because") }, default);

        Assert.Equal(number, (await host.Ended.Task.WaitAsync(TimeSpan.FromMinutes(1))).Trial.Number);
        await stop.CancelAsync();
        await running;
    }

    private async Task<SiloRecord> RegisterAsync()
    {
        var silo = new SiloRecord(Guid.NewGuid(), "test", ProcessIdentities.Current(), Trials);
        await _store.RegisterSiloAsync(silo, default);
        return silo;
    }

    /// <summary>A silo with others beside it that have slots for everything.</summary>
    private sealed class Host(IStore store) : ICoordinatorHost
    {
        public TaskCompletionSource<TrialEnd> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IStore Store => store;

        public TimeProvider Time => TimeProvider.System;

        public ILogger Log => Logger.None;

        public int UsableSlots => Trials;

        public bool HasPeers => true;

        public bool PausesOnStop => false;

        public bool Runs(long sweepId) => false;

        public void LookAgain()
        {
        }

        public void WorkWritten(long sweepId)
        {
        }

        public void SweepReleased(long sweepId)
        {
        }

        public void TrialEnded(TrialEnd end) => Ended.TrySetResult(end);

        public void Tested(TrialRecord trial, TrialTest test)
        {
        }
    }
}
