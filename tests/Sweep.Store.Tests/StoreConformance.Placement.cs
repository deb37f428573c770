using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Store.Tests;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task Placement_IsWrittenWithTheSweep_AndChangedLater_ButNotItsNumerics()
    {
        var first = new SweepPlacement(-3, 7, "fast,gpu", 0, "avx2");
        var sweep = (await store.Sweeps.CreateSweepAsync(Draft() with { Placement = first }, None)).Sweep!;
        var plain = (await store.Sweeps.CreateSweepAsync(Draft("plain"), None)).Sweep!;
        Assert.Equal((first, new SweepPlacement()), (sweep.Placement, plain.Placement));

        await store.Sweeps.PlaceSweepAsync(sweep.Id, new SweepPlacement(5, null, "", 9, "avx512"), None);

        Assert.Equal(new SweepPlacement(5, null, "", 9, "avx2"), (await store.Sweeps.FindSweepAsync("sweep", None))!.Placement);
        Assert.Equal(new SweepPlacement(), (await store.Sweeps.FindSweepAsync("plain", None))!.Placement);
    }

    [Fact]
    public async Task Numerics_OfTheFirstWhoSetsThem_Stay()
    {
        var running = await StartAsync(1);
        foreach (var numerics in new[] { null, "avx2", "avx512", null })
        {
            Assert.Equal(WriteResult.Written, await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Numerics = numerics }, None));
        }

        Assert.Equal("avx2", (await store.Sweeps.FindSweepAsync("sweep", None))!.Placement.Numerics);
        await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term + 1) { Numerics = "late" }, None);
        Assert.Equal("avx2", Assert.Single(await store.Silos.ListOpenSweepsAsync(None)).Placement.Numerics);
    }

    [Fact]
    public async Task Slots_LimitWhatIsClaimed_ByAnySilo()
    {
        var running = await StartAsync(9);
        var other = await RegisterAsync("other");
        await store.Sweeps.PlaceSweepAsync(running.SweepId, new SweepPlacement(Slots: 3), None);

        Assert.Equal(2, (await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 2, None)).Count);
        var last = Assert.Single(await store.Silos.ClaimTrialsAsync(running.SweepId, other.Incarnation, "p", 5, None));
        Assert.Empty(await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 5, None));
        await store.Silos.WriteAsync(Unit(last) with { Outcome = new TrialOutcome(TrialState.Completed) }, None);
        Assert.Single(await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 5, None));

        // Fewer than run already: nothing is taken away, nothing is added.
        await store.Sweeps.PlaceSweepAsync(running.SweepId, new SweepPlacement(Slots: 1), None);
        Assert.Empty(await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 5, None));
        Assert.Equal(3, (await store.Sweeps.ListRunningAsync(running.SweepId, None)).Count);
    }

    [Fact]
    public async Task Slots_LimitSuspectsToo()
    {
        var running = await StartAsync(2);
        await DieAsync(running);
        await DieAsync(running);
        await store.Sweeps.PlaceSweepAsync(running.SweepId, new SweepPlacement(Slots: 1), None);
        await ClaimOneAsync(running);

        Assert.Null(await store.Silos.ClaimSuspectAsync(running.SweepId, running.Silo.Incarnation, "p", None));
    }

    [Fact]
    public async Task Slots_AreNeverExceeded_ByManyClaimersAtOnce()
    {
        const int Trials = 120;
        const int Slots = 5;
        var running = await StartAsync(Trials);
        await store.Sweeps.PlaceSweepAsync(running.SweepId, new SweepPlacement(Slots: Slots), None);
        await using var second = await OpenAsync();
        var (busy, most, ended) = (0, 0, 0);

        async Task WorkAsync(ISiloStore silos, int count)
        {
            while (Volatile.Read(ref ended) < Trials)
            {
                foreach (var claimed in await silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", count, None))
                {
                    var now = Interlocked.Increment(ref busy);
                    InterlockedMax(ref most, now);
                    await Task.Yield();
                    Interlocked.Decrement(ref busy);
                    await silos.WriteAsync(Unit(claimed) with { Outcome = new TrialOutcome(TrialState.Completed) }, None);
                    Interlocked.Increment(ref ended);
                }

                var held = await store.Sweeps.ListRunningAsync(running.SweepId, None);
                InterlockedMax(ref most, held.Count);
            }
        }

        await Task.WhenAll(Enumerable.Range(1, 8).Select(n => Task.Run(() => WorkAsync(n % 2 == 0 ? store.Silos : second.Silos, n))));

        Assert.Equal(Trials, ended);
        Assert.InRange(most, 1, Slots);
    }

    [Fact]
    public async Task OpenSweeps_AreThoseThatSilosMayWorkOn_WithWhatTheyChooseBy()
    {
        var running = await StartAsync(3);
        var placement = new SweepPlacement(4, 2, "gpu", 3);
        var pending = (await store.Sweeps.CreateSweepAsync(Draft("pending") with { Placement = placement }, None)).Sweep!;
        foreach (var change in new[] { SweepChange.Pause, SweepChange.Cancel })
        {
            var sweep = (await store.Sweeps.CreateSweepAsync(Draft($"{change}"), None)).Sweep!;
            await store.Sweeps.ChangeSweepAsync(sweep.Id, change, None);
        }

        await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 2, None);
        Assert.Equal(
            [
                new OpenSweep(running.SweepId, "sweep", new SweepPlacement(), HasOwner: true, Running: 2, HasWaiting: true, HasSuspects: false),
                new OpenSweep(pending.Id, "pending", placement, HasOwner: false, Running: 0, HasWaiting: false, HasSuspects: false),
            ],
            await store.Silos.ListOpenSweepsAsync(None));

        await ClaimOneAsync(running);
        var held = new CoordinatorUnit(running.SweepId, running.Term) { Trials = [Suggestion(3) with { IsHeld = true }] };
        await store.Silos.WriteAsync(held, None);
        Assert.False((await store.Silos.ListOpenSweepsAsync(None))[0].HasWaiting);
    }

    [Fact]
    public async Task Progress_IsOfTheTrialsAskedFor_ThatDoNotJustWait()
    {
        var running = await StartAsync(5);
        var claims = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 4, None);
        await store.Silos.WriteAsync(Unit(claims[0]) with { Report = Report(1, 0.25) }, None);
        await store.Silos.WriteAsync(Unit(claims[1]) with { Report = Report(1), Outcome = new TrialOutcome(TrialState.Completed) }, None);
        await store.Silos.WriteAsync(Unit(claims[2]) with { Outcome = new TrialOutcome(TrialState.Failed, "because") }, None);
        TrialPlace[] places = [.. new[] { 4, 2, 0, 1, 99 }.Select(number => new TrialPlace(number, 0)), new TrialPlace(0, 1)];

        var progress = (await store.Silos.ListProgressAsync(running.SweepId, places, None)).OrderBy(trial => trial.Number).ToList();

        Assert.Equal(
            [(0, TrialState.Running, 1), (1, TrialState.Completed, 1), (2, TrialState.Failed, 0)],
            progress.Select(trial => (trial.Number, trial.State, trial.Resource)));
        Assert.Equal((0.25, "because"), (progress[0].Values[0], progress[2].Reason));
        Assert.Empty(await store.Silos.ListProgressAsync(running.SweepId, [], None));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
