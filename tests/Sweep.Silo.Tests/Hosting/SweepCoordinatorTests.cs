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
public sealed class SweepCoordinatorTests : SweepScene
{
    private const int Trials = 1300;

    private static readonly string Spec = $$"""
        name: elsewhere
        task: { dataset: fashion-mnist, model: mlp, epochs: 1 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: random, trials: {{Trials}}, seed: 5 }
        parameters: { optimizer: sgd, lr: { min: 0.001, max: 1.0, distribution: log_uniform } }
        """;

    /// <summary>More trials run than are asked after at a hint, and there is always another hint: what ends is still seen, wherever it stands.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    [InlineData(Trials - 1)]
    public async Task TrialThatEndsElsewhere_BesideManyThatRun_IsSeen(int number)
    {
        var (sweep, spec) = await CreateAsync(Spec);
        var here = await RegisterAsync(Trials);
        var elsewhere = await RegisterAsync(Trials);
        var term = (await Store.ActivateSweepAsync(sweep.Id, here.Incarnation, default)).Term!.Value;
        var host = new Host(Store);
        var work = new SweepWork(sweep, spec, new FunctionTrainings((_, _) => 0.5), "profile");
        var coordinator = new SweepCoordinator(work, term, TimeSpan.Zero, host);
        using var stop = new CancellationTokenSource();
        var running = coordinator.RunAsync(Task.CompletedTask, stop.Token);
        using var hints = new Timer(_ => coordinator.Hint(), null, 0, 5);

        var claimed = new List<ClaimedTrial>();
        while (claimed.Count < Trials)
        {
            claimed.AddRange(await Store.ClaimTrialsAsync(sweep.Id, elsewhere.Incarnation, "profile", Trials, default));
        }

        var trial = claimed[number].Trial;
        await Store.WriteAsync(new OwnerUnit(trial.Id, trial.Attempt) { Outcome = new TrialOutcome(TrialState.Failed, "because") }, default);

        Assert.Equal(number, (await host.Ended.Task.WaitAsync(TimeSpan.FromMinutes(1))).Trial.Number);
        await stop.CancelAsync();
        await running;
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
