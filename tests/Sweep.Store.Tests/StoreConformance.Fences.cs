using Sweep.Search.Trials;

namespace Sweep.Store.Tests;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task LateWrites_AfterBuryAndReclaim_ChangeNothing()
    {
        var running = await StartAsync(1);
        var late = await ClaimOneAsync(running);
        await store.Silos.WriteAsync(Unit(late) with { Report = Report(1), Checkpoint = new Checkpoint(1, 0, new byte[] { 1 }) }, None);
        Assert.Equal(1, await store.Silos.BurySiloAsync(running.Silo.Incarnation, "process 42 is gone", None));
        var heir = await RegisterAsync("heir");
        await store.Silos.ActivateSweepAsync(running.SweepId, heir.Incarnation, None);
        var next = await ClaimOneAsync(running, heir);
        var before = await TrialAsync(running, 0);

        var results = new[]
        {
            await store.Silos.WriteAsync(Unit(late) with { Report = Report(2, 0.9) }, None),
            await store.Silos.WriteAsync(Unit(late) with { Checkpoint = new Checkpoint(2, 0, new byte[] { 2 }) }, None),
            await store.Silos.WriteAsync(Unit(late) with { Outcome = new TrialOutcome(TrialState.Completed) }, None),
            await store.Silos.WriteAsync(
                Unit(late) with { Report = Report(2), Checkpoint = new Checkpoint(2, 0, new byte[] { 2 }), Outcome = new TrialOutcome(TrialState.Failed, "late") },
                None),
        };

        Assert.All(results, result => Assert.Equal(WriteResult.Lost, result));
        var after = await TrialAsync(running, 0);
        Assert.Equal(before with { Values = after.Values }, after);
        Assert.Equal(before.Values, after.Values);
        Assert.Equal(2, next.Trial.Attempt);
        Assert.Single(await store.Sweeps.ListReportsAsync(late.Trial.Id, None));
        Assert.Equal(new byte[] { 1 }, next.Checkpoint!.Content.ToArray());
    }

    [Fact]
    public async Task LateWrites_AfterBuryAlone_ChangeNothing()
    {
        var running = await StartAsync(1);
        var late = await ClaimOneAsync(running);
        await store.Silos.BurySiloAsync(running.Silo.Incarnation, "gone", None);

        Assert.Equal(WriteResult.Lost, await store.Silos.WriteAsync(Unit(late) with { Report = Report(1) }, None));
        Assert.Equal(
            WriteResult.Lost,
            await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Trials = [Suggestion(1)] }, None));
        Assert.Empty(await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "profile", 1, None));
        Assert.Null((await store.Silos.ActivateSweepAsync(running.SweepId, running.Silo.Incarnation, None)).Term);
        Assert.Equal(TrialState.Waiting, (await TrialAsync(running, 0)).State);
        Assert.Single(await store.Sweeps.ListTrialsAsync(running.SweepId, 0, 10, None));
    }

    [Fact]
    public async Task OldCoordinator_AfterAnotherActivation_WritesNothing()
    {
        var running = await StartAsync(1);
        await store.Silos.BurySiloAsync(running.Silo.Incarnation, "gone", None);
        var heir = await RegisterAsync("heir");
        var activation = await store.Silos.ActivateSweepAsync(running.SweepId, heir.Incarnation, None);
        var trial = await TrialAsync(running, 0);

        var late = new CoordinatorUnit(running.SweepId, running.Term)
        {
            Trials = [Suggestion(1)],
            Decisions = [new TrialDecision(trial.Id, TrialState.Waiting, TrialState.Canceled, 1, "", 0, 0)],
            NewState = SweepState.Canceled,
        };

        Assert.Equal(WriteResult.Lost, await store.Silos.WriteAsync(late, None));
        Assert.Equal(running.Term + 1, activation.Term);
        Assert.Equal(SweepState.Running, (await store.Sweeps.FindSweepAsync("sweep", None))!.State);
        Assert.Equal(TrialState.Waiting, Assert.Single(await store.Sweeps.ListTrialsAsync(running.SweepId, 0, 9, None)).State);
    }

    [Fact]
    public async Task Activation_WhileAnotherSiloHoldsTheSweep_IsRefusedWithItsOwner()
    {
        var running = await StartAsync(1);
        var other = await RegisterAsync("other");

        var refused = await store.Silos.ActivateSweepAsync(running.SweepId, other.Incarnation, None);

        Assert.Equal(new ActivationResult(null, running.Silo), refused);
        Assert.Equal(
            WriteResult.Written, await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Release = true }, None));
        Assert.Equal(
            WriteResult.Lost, await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Trials = [Suggestion(1)] }, None));
        Assert.Equal(running.Term + 1, (await store.Silos.ActivateSweepAsync(running.SweepId, other.Incarnation, None)).Term);
    }

    [Fact]
    public async Task OwnerUnit_ThatIsLost_LosesNothingElseInItsBatch()
    {
        var running = await StartAsync(2);
        var claims = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 2, None);

        var results = await Task.WhenAll(
            store.Silos.WriteAsync(Unit(claims[0]) with { Report = Report(1) }, None),
            store.Silos.WriteAsync(Unit(claims[1]) with { Attempt = 9, Report = Report(1) }, None),
            store.Silos.WriteAsync(Unit(claims[1]) with { Report = Report(1, 0.25) }, None));

        Assert.Equal([WriteResult.Written, WriteResult.Lost, WriteResult.Written], results);
        Assert.Equal(0.25, Assert.Single(await store.Sweeps.ListReportsAsync(claims[1].Trial.Id, None)).Values[0]);
    }

    [Fact]
    public async Task Unit_ThatFailsHalfWay_IsUndoneWholeAndItsNeighboursAreWritten()
    {
        var running = await StartAsync(2);
        var claims = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 2, None);
        await store.Silos.WriteAsync(Unit(claims[0]) with { Report = Report(1, 0.5) }, None);

        // The same step once more: the row is changed first, then the report is refused.
        var before = store.Silos.WriteAsync(Unit(claims[1]) with { Report = Report(1) }, None);
        var twice = store.Silos.WriteAsync(
            Unit(claims[0]) with { Report = Report(1, 0.75), Outcome = new TrialOutcome(TrialState.Completed) }, None);
        var suggestions = store.Silos.WriteAsync(
            new CoordinatorUnit(running.SweepId, running.Term) { Trials = [Suggestion(2), Suggestion(0)] }, None);
        var after = store.Silos.WriteAsync(Unit(claims[1]) with { Report = Report(2) }, None);

        await Assert.ThrowsAnyAsync<Exception>(() => twice);
        await Assert.ThrowsAnyAsync<Exception>(() => suggestions);
        Assert.Equal([WriteResult.Written, WriteResult.Written], await Task.WhenAll(before, after));
        var trial = await TrialAsync(running, 0);
        Assert.Equal((TrialState.Running, 0.5), (trial.State, trial.Values[0]));
        Assert.Equal(2, (await TrialAsync(running, 1)).Resource);
        Assert.Empty(await store.Sweeps.FindTrialsAsync(running.SweepId, 2, None));
    }

    [Fact]
    public async Task RemovedSilo_GivesBackWhatItOwned()
    {
        var running = await StartAsync(2);
        var claimed = await ClaimOneAsync(running);

        await store.Silos.RemoveSiloAsync(running.Silo.Incarnation, None);

        Assert.Empty(await store.Sweeps.ListSilosAsync(None));
        Assert.Null((await store.Sweeps.FindSweepAsync("sweep", None))!.Owner);
        Assert.Equal(TrialState.Waiting, (await TrialAsync(running, claimed.Trial.Number)).State);
        Assert.Equal(WriteResult.Lost, await store.Silos.WriteAsync(Unit(claimed) with { Report = Report(1) }, None));
    }

    [Fact]
    public async Task BuriedSilo_LeavesOthersAlone()
    {
        var running = await StartAsync(2);
        var other = await RegisterAsync("other");
        var mine = await ClaimOneAsync(running);
        var others = await ClaimOneAsync(running, other);

        Assert.Equal(1, await store.Silos.BurySiloAsync(other.Incarnation, "gone", None));
        Assert.Equal(0, await store.Silos.BurySiloAsync(other.Incarnation, "gone", None));

        Assert.Equal(TrialState.Running, (await TrialAsync(running, mine.Trial.Number)).State);
        Assert.Equal(TrialState.Waiting, (await TrialAsync(running, others.Trial.Number)).State);
        Assert.Equal(WriteResult.Written, await store.Silos.WriteAsync(Unit(mine) with { Report = Report(1) }, None));
        Assert.Equal(running.Silo, (await store.Sweeps.FindSweepAsync("sweep", None))!.Owner);
    }
}
