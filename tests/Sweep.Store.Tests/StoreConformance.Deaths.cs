using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Store.Tests;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task Death_ProvedAndWithoutProgress_Counts_AndProgressResets()
    {
        var running = await StartAsync(1);

        await DieAsync(running);
        Assert.Equal(1, (await TrialAsync(running, 0)).Deaths);
        await DieAsync(running, report: Report(1));
        Assert.Equal(2, (await TrialAsync(running, 0)).Deaths);
        await DieAsync(running, report: Report(1), checkpoint: true);
        Assert.Equal(0, (await TrialAsync(running, 0)).Deaths);
        await DieAsync(running);
        Assert.Equal((TrialState.Waiting, 1, ""), Standing(await TrialAsync(running, 0)));
    }

    [Fact]
    public async Task LeavingSilo_AndATrialGivenBack_CountNoDeath()
    {
        var running = await StartAsync(1);
        var leaving = await RegisterAsync("leaving");
        await ClaimOneAsync(running, leaving);
        await store.Silos.RemoveSiloAsync(leaving.Incarnation, None);
        Assert.Equal((TrialState.Waiting, 0, ""), Standing(await TrialAsync(running, 0)));

        await DieAsync(running);
        var draining = await RegisterAsync("draining");
        var claimed = await ClaimOneAsync(running, draining);
        await store.Silos.WriteAsync(Unit(claimed) with { Outcome = new TrialOutcome(TrialState.Waiting, "drained") }, None);
        await store.Silos.BurySiloAsync(draining.Incarnation, "gone", None);
        Assert.Equal(1, (await TrialAsync(running, 0)).Deaths);
    }

    [Fact]
    public async Task Suspect_IsGivenOnlyToWhoAsksForOne()
    {
        var running = await StartAsync(2);
        Assert.Null(await store.Silos.ClaimSuspectAsync(running.SweepId, running.Silo.Incarnation, "p", None));
        await DieAsync(running);
        await DieAsync(running);

        var open = Assert.Single(await store.Silos.ListOpenSweepsAsync(None));
        Assert.Equal((true, true), (open.HasWaiting, open.HasSuspects));
        Assert.Equal(1, (await ClaimOneAsync(running)).Trial.Number);
        Assert.Empty(await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 9, None));
        open = Assert.Single(await store.Silos.ListOpenSweepsAsync(None));
        Assert.Equal((false, true), (open.HasWaiting, open.HasSuspects));

        var suspect = (await store.Silos.ClaimSuspectAsync(running.SweepId, running.Silo.Incarnation, "kernels", None))!;
        Assert.Equal((0, TrialState.Running, 3, 2, "kernels"),
            (suspect.Trial.Number, suspect.Trial.State, suspect.Trial.Attempt, suspect.Trial.Deaths, suspect.Trial.NumericsProfile));
        Assert.Null(await store.Silos.ClaimSuspectAsync(running.SweepId, running.Silo.Incarnation, "p", None));
    }

    [Fact]
    public async Task Quarantined_AreTheWaitingTrialsOfTheSweep_WhoseSilosDiedTwice()
    {
        var running = await StartAsync(3);
        var other = await StartAsync(1);
        Assert.Empty(await store.Sweeps.ListQuarantinedAsync(running.SweepId, None));
        await DieAsync(running);
        Assert.Empty(await store.Sweeps.ListQuarantinedAsync(running.SweepId, None));
        await DieAsync(running);

        var trial = Assert.Single(await store.Sweeps.ListQuarantinedAsync(running.SweepId, None));
        Assert.Equal((0, TrialState.Waiting, 2), (trial.Number, trial.State, trial.Deaths));
        Assert.Empty(await store.Sweeps.ListQuarantinedAsync(other.SweepId, None));

        await store.Silos.ClaimSuspectAsync(running.SweepId, running.Silo.Incarnation, "p", None);
        Assert.Empty(await store.Sweeps.ListQuarantinedAsync(running.SweepId, None));
    }

    [Fact]
    public async Task Suspect_ThatMadeProgress_IsOneLikeTheOthersAgain()
    {
        var running = await StartAsync(1);
        await DieAsync(running);
        await DieAsync(running);
        var suspect = (await store.Silos.ClaimSuspectAsync(running.SweepId, running.Silo.Incarnation, "p", None))!;

        await store.Silos.WriteAsync(Unit(suspect) with { Report = Report(1), Checkpoint = new Checkpoint(1, 0, new byte[] { 1 }) }, None);
        await store.Silos.WriteAsync(Unit(suspect) with { Outcome = new TrialOutcome(TrialState.Waiting, "drained") }, None);

        Assert.False(Assert.Single(await store.Silos.ListOpenSweepsAsync(None)).HasSuspects);
        Assert.Equal(0, (await ClaimOneAsync(running)).Trial.Deaths);
    }

    [Theory]
    [InlineData(1, "its silo died once while it ran, without progress: process 42 is gone")]
    [InlineData(5, "its silo died 5 times while it ran, without progress between: process 42 is gone")]
    public async Task Trial_WhoseSilosDied_IsPoisonedWithItsReason(int after, string reason)
    {
        var running = await StartAsync(1);
        await store.Sweeps.PlaceSweepAsync(running.SweepId, new SweepPlacement(PoisonAfter: after), None);
        for (var death = 1; death < after; death++)
        {
            Assert.Equal(1, await DieAsync(running));
        }

        Assert.Equal(0, await DieAsync(running));

        var trial = await TrialAsync(running, 0);
        Assert.Equal((TrialState.Poisoned, after, reason), Standing(trial));
        Assert.Contains(await store.Sweeps.ListEventsAsync(running.SweepId, 100, None), e => e is { Kind: "poisoned", Trial: 0 });
        Assert.Null(await store.Silos.ClaimSuspectAsync(running.SweepId, running.Silo.Incarnation, "p", None));

        Assert.Equal(new SweepChangeResult(SweepState.Running, 1), await store.Sweeps.RetryTrialsAsync(running.SweepId, [trial.Id], None));
        Assert.Equal((0, 0), ((await ClaimOneAsync(running)).Trial.Number, (await TrialAsync(running, 0)).Deaths));
    }

    [Fact]
    public async Task Trial_OfASweepThatPoisonsNone_GoesOnForEver()
    {
        var running = await StartAsync(1);
        await store.Sweeps.PlaceSweepAsync(running.SweepId, new SweepPlacement(PoisonAfter: 0), None);

        for (var death = 1; death <= 12; death++)
        {
            Assert.Equal(1, await DieAsync(running));
            Assert.Equal((TrialState.Waiting, death, ""), Standing(await TrialAsync(running, 0)));
        }
    }

    private static (TrialState State, int Deaths, string Reason) Standing(TrialRecord trial) => (trial.State, trial.Deaths, trial.Reason);

    /// <summary>A silo claims one trial, does what is asked and dies; returns how many trials were rescued.</summary>
    private async Task<int> DieAsync(Running running, ReportRecord? report = null, bool checkpoint = false)
    {
        var dying = await RegisterAsync("dying");
        var claimed = await store.Silos.ClaimSuspectAsync(running.SweepId, dying.Incarnation, "p", None) ?? await ClaimOneAsync(running, dying);
        if (report is not null)
        {
            var unit = Unit(claimed) with { Report = report, Checkpoint = checkpoint ? new Checkpoint(report.Step, 0, new byte[] { 1 }) : null };
            Assert.Equal(WriteResult.Written, await store.Silos.WriteAsync(unit, None));
        }

        return await store.Silos.BurySiloAsync(dying.Incarnation, "process 42 is gone", None);
    }
}
