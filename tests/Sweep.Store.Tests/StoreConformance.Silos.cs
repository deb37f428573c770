using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Store.Tests;

public abstract partial class StoreConformance
{
    /// <summary>Far beyond what anything here takes: who waits longer waits for what does not come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Silo_ComesBackAsItWasRegistered_OldestFirst()
    {
        var first = Silo("first") with { Labels = "fast,gpu", Lease = TimeSpan.FromSeconds(7.5) };
        await store.Silos.RegisterSiloAsync(first, None);
        var second = await RegisterAsync("second");

        var silos = await store.Sweeps.ListSilosAsync(None);

        Assert.Equal([first, second], silos.Select(silo => silo.Silo).OrderBy(silo => silo.Name));
        Assert.True(silos[0].RegisteredAt <= silos[1].RegisteredAt);
        Assert.All(silos, silo => Assert.InRange(silo.SinceBeat, TimeSpan.Zero, Patience));
    }

    [Fact]
    public async Task Beat_TellsExactlyWhatIsHeld()
    {
        var running = await StartAsync(4);
        var other = await RegisterAsync("other");
        var mine = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 2, None);
        var others = await ClaimOneAsync(running, other);
        await store.Silos.WriteAsync(Unit(mine[0]) with { Outcome = new TrialOutcome(TrialState.Failed, "because") }, None);

        var first = (await store.Silos.BeatAsync(running.Silo.Incarnation, None))!;
        var second = (await store.Silos.BeatAsync(other.Incarnation, None))!;

        Assert.Equal([new HeldTrial(mine[1].Trial.Id, 1, running.SweepId, true)], first.Trials);
        Assert.Equal([new HeldSweep(running.SweepId, running.Term)], first.Sweeps);
        Assert.Equal([new HeldTrial(others.Trial.Id, 1, running.SweepId, true)], second.Trials);
        Assert.Empty(second.Sweeps);
    }

    [Fact]
    public async Task Beat_IsWhatAStandingCountsFrom()
    {
        var first = await RegisterAsync("first");
        var second = await RegisterAsync("second");

        Assert.Empty((await store.Silos.BeatAsync(first.Incarnation, None))!.Trials);

        var silos = (await store.Sweeps.ListSilosAsync(None)).ToDictionary(silo => silo.Silo.Name, silo => silo.SinceBeat);
        Assert.True(silos["first"] < silos["second"]);
    }

    [Fact]
    public async Task Beat_OfASiloThatIsNotRegistered_IsNull()
    {
        var buried = await RegisterAsync("buried");
        var removed = await RegisterAsync("removed");
        await store.Silos.BurySiloAsync(buried.Incarnation, "gone", None);
        await store.Silos.RemoveSiloAsync(removed.Incarnation, None);

        Assert.Null(await store.Silos.BeatAsync(buried.Incarnation, None));
        Assert.Null(await store.Silos.BeatAsync(removed.Incarnation, None));
        Assert.Null(await store.Silos.BeatAsync(Guid.NewGuid(), None));
    }

    [Fact]
    public async Task LiveSilo_IsNeverBuriedByTime()
    {
        var running = await StartAsync(1);
        var claimed = await ClaimOneAsync(running);

        Assert.Null(await store.Silos.BuryExpiredSiloAsync(running.Silo.Incarnation, None));

        Assert.False(Assert.Single(await store.Sweeps.ListSilosAsync(None)).LeaseIsOver);
        Assert.Equal(WriteResult.Written, await store.Silos.WriteAsync(Unit(claimed) with { Report = Report(1) }, None));
        Assert.Equal(WriteResult.Written, await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term), None));
    }

    [Fact]
    public async Task SiloWhoseLeaseIsOver_IsBuriedByTime_AndNothingCountsAgainstItsTrials()
    {
        var running = await StartAsync(2);
        var silent = Silo("silent") with { Lease = TimeSpan.FromMilliseconds(1) };
        await store.Silos.RegisterSiloAsync(silent, None);
        var mine = await ClaimOneAsync(running);
        var late = await ClaimOneAsync(running, silent);

        Assert.Equal(1, await BuryByTimeAsync(silent));

        Assert.Equal(0, await store.Silos.BuryExpiredSiloAsync(silent.Incarnation, None));
        Assert.Equal([running.Silo], (await store.Sweeps.ListSilosAsync(None)).Select(silo => silo.Silo));
        Assert.Equal(WriteResult.Lost, await store.Silos.WriteAsync(Unit(late) with { Report = Report(1) }, None));
        Assert.Equal(WriteResult.Written, await store.Silos.WriteAsync(Unit(mine) with { Report = Report(1) }, None));
        var trial = await TrialAsync(running, late.Trial.Number);
        Assert.Equal((TrialState.Waiting, 0), (trial.State, trial.Deaths));
    }

    [Fact]
    public async Task LeaseThatIsOver_IsRenewedByABeat_AsLongAsNobodyBuriedTheSilo()
    {
        var silent = Silo("silent") with { Lease = TimeSpan.FromMilliseconds(1) };
        await store.Silos.RegisterSiloAsync(silent, None);
        await UntilAsync(async () => Assert.Single(await store.Sweeps.ListSilosAsync(None)).LeaseIsOver, "the lease to be over");

        Assert.NotNull(await store.Silos.BeatAsync(silent.Incarnation, None));
        Assert.Equal(0, await BuryByTimeAsync(silent));
        Assert.Null(await store.Silos.BeatAsync(silent.Incarnation, None));
    }

    [Fact]
    public async Task Refusals_AreKept_UntilTakenBackOrTheSiloLeaves()
    {
        var running = await StartAsync(1);
        var other = await RegisterAsync("other");
        await store.Silos.RefuseSweepAsync(running.SweepId, running.Silo.Incarnation, "no label gpu", None);
        await store.Silos.RefuseSweepAsync(running.SweepId, running.Silo.Incarnation, "the data differ", None);
        await store.Silos.RefuseSweepAsync(running.SweepId, other.Incarnation, "no label gpu", None);
        await store.Silos.RefuseSweepAsync(running.SweepId, Guid.NewGuid(), "who am I", None);

        Assert.Equal(
            [new SweepRefusal("other", "no label gpu"), new SweepRefusal("silo", "the data differ")],
            (await store.Sweeps.ListRefusalsAsync(running.SweepId, None)).OrderBy(refusal => refusal.Silo, StringComparer.Ordinal));

        await store.Silos.RefuseSweepAsync(running.SweepId, running.Silo.Incarnation, null, None);
        Assert.Equal("other", Assert.Single(await store.Sweeps.ListRefusalsAsync(running.SweepId, None)).Silo);
        await store.Silos.RemoveSiloAsync(other.Incarnation, None);
        Assert.Empty(await store.Sweeps.ListRefusalsAsync(running.SweepId, None));
    }

    [Fact]
    public async Task RunningTrials_AreListed_OfAllSweepsOrOfOne()
    {
        var running = await StartAsync(3);
        var other = (await store.Sweeps.CreateSweepAsync(Draft("other"), None)).Sweep!;
        var term = (await store.Silos.ActivateSweepAsync(other.Id, running.Silo.Incarnation, None)).Term!.Value;
        await store.Silos.WriteAsync(new CoordinatorUnit(other.Id, term) { Trials = [Suggestion(0)] }, None);
        await store.Silos.ClaimTrialsAsync(other.Id, running.Silo.Incarnation, "p", 1, None);
        await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 2, None);

        var all = await store.Sweeps.ListRunningAsync(null, None);

        Assert.Equal([("sweep", 0), ("sweep", 1), ("other", 0)], all.Select(trial => (trial.Sweep, trial.Trial.Number)));
        Assert.All(all, trial => Assert.Equal(running.Silo.Incarnation, trial.Silo));
        Assert.All(all, trial => Assert.Equal(TrialState.Running, trial.Trial.State));
        Assert.True(all[0].ClaimedAt > DateTimeOffset.UnixEpoch);
        Assert.Equal(["other"], (await store.Sweeps.ListRunningAsync(other.Id, None)).Select(trial => trial.Sweep));
    }

    [Fact]
    public async Task Hint_OfAnotherConnectionsChange_Arrives()
    {
        var sweep = (await store.Sweeps.CreateSweepAsync(Draft(), None)).Sweep!;
        await using var second = await OpenAsync();
        using var stop = new CancellationTokenSource();
        await using var hints = store.Silos.HintsAsync(stop.Token).GetAsyncEnumerator(None);
        var next = hints.MoveNextAsync().AsTask();

        // A hint may get lost while a store gets ready to listen.
        var priority = 0;
        await UntilAsync(
            async () =>
            {
                await second.Sweeps.PlaceSweepAsync(sweep.Id, new SweepPlacement(++priority), None);
                await second.Silos.HintAsync(new StoreHint(StoreHintKind.Command, sweep.Id), None);
                return next.IsCompleted;
            },
            "a hint");

        Assert.True(await next);
        Assert.Contains(hints.Current, new[] { new StoreHint(StoreHintKind.Any, null), new StoreHint(StoreHintKind.Command, sweep.Id) });
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await hints.MoveNextAsync())
            {
            }
        });
    }

    /// <summary>Asks until the store says that the lease is over.</summary>
    private async Task<int> BuryByTimeAsync(SiloRecord silo)
    {
        int? rescued = null;
        await UntilAsync(async () => (rescued = await store.Silos.BuryExpiredSiloAsync(silo.Incarnation, None)) is not null, "the lease to be over");
        return rescued!.Value;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"waited in vain for {what}");
            await Task.Yield();
        }
    }
}
