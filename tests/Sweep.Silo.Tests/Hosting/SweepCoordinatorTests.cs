using System.Threading.Channels;
using Serilog;
using Serilog.Core;
using Sweep.Grains;
using Sweep.Search.Trials;
using Sweep.Silo.Execution;
using Sweep.Silo.Hosting;
using Sweep.Store;

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
        await using var scene = await RunningAsync();
        var trial = (await ClaimAsync(scene, await RegisterAsync(Trials), Trials))[number].Trial;
        await Store.WriteAsync(new OwnerUnit(trial.Id, trial.Attempt) { Outcome = new TrialOutcome(TrialState.Failed, "because") }, default);

        Assert.Equal(number, await scene.Host.Ended.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1)));
    }

    /// <summary>The coordinator looks after the trials all the time, and is told too of those that end here.</summary>
    [Fact]
    public async Task TrialsThatEndHere_AreToldOnce()
    {
        const int Ends = 400;
        await using var scene = await RunningAsync();
        foreach (var (trial, _, _) in await ClaimAsync(scene, scene.Silo, Ends))
        {
            var outcome = new TrialOutcome(TrialState.Failed, "because");
            var durable = Store.WriteAsync(new OwnerUnit(trial.Id, trial.Attempt) { Outcome = outcome }, default);
            scene.Coordinator.Tell(new TrialEnd(trial, outcome, null, durable));
            await durable;
        }

        var told = new List<int>();
        while (told.Distinct().Count() < Ends)
        {
            told.Add(await scene.Host.Ended.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1)));
        }

        Assert.Equal(Ends, told.Count);
    }

    private async Task<Scene> RunningAsync()
    {
        var (sweep, spec) = await CreateAsync(Spec);
        var silo = await RegisterAsync(Trials);
        var term = (await Store.ActivateSweepAsync(sweep.Id, silo.Incarnation, default)).Term!.Value;
        var host = new Host(Store);
        var work = new SweepWork(sweep, spec, new FunctionTrainings((_, _) => 0.5), "profile");
        return new Scene(sweep, silo, host, new SweepCoordinator(work, term, TimeSpan.Zero, host));
    }

    private async Task<List<ClaimedTrial>> ClaimAsync(Scene scene, SiloRecord silo, int count)
    {
        var claimed = new List<ClaimedTrial>();
        while (claimed.Count < count)
        {
            claimed.AddRange(await Store.ClaimTrialsAsync(scene.Sweep.Id, silo.Incarnation, "profile", count - claimed.Count, default));
        }

        return claimed;
    }

    /// <summary>A coordinator that is given one hint after the other.</summary>
    private sealed class Scene : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Timer _hints;
        private readonly Task _running;

        public Scene(SweepRecord sweep, SiloRecord silo, Host host, SweepCoordinator coordinator)
        {
            (Sweep, Silo, Host, Coordinator) = (sweep, silo, host, coordinator);
            _running = coordinator.RunAsync(Task.CompletedTask, _stop.Token);
            _hints = new Timer(_ => coordinator.Hint(), null, 0, 5);
        }

        public SweepRecord Sweep { get; }

        public SiloRecord Silo { get; }

        public Host Host { get; }

        public SweepCoordinator Coordinator { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            await _hints.DisposeAsync();
            _stop.Dispose();
        }
    }

    /// <summary>A silo with others beside it that have slots for everything.</summary>
    private sealed class Host(IStore store) : ICoordinatorHost
    {
        /// <summary>Numbers of trials, as their ends are told.</summary>
        public Channel<int> Ended { get; } = Channel.CreateUnbounded<int>();

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

        public void TrialEnded(TrialEnd end) => Ended.Writer.TryWrite(end.Trial.Number);

        public void Tested(TrialRecord trial, TrialTest test)
        {
        }
    }
}
