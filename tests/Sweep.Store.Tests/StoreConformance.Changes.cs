using Sweep.Search.Trials;

namespace Sweep.Store.Tests;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task Pause_WhileTrialsRun_AsksForThemBack_AndResumeGoesOn()
    {
        var running = await StartAsync(3);
        var claims = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 2, None);

        Assert.Equal(SweepState.Paused, (await store.Sweeps.ChangeSweepAsync(running.SweepId, SweepChange.Pause, None))!.State);

        Assert.Equal(WriteResult.Lost, await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Trials = [Suggestion(9)] }, None));
        Assert.Empty(await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 1, None));
        var held = (await store.Silos.BeatAsync(running.Silo.Incarnation, None))!;
        Assert.Equal([false, false], held.Trials.Select(trial => trial.IsWanted));
        Assert.Empty(held.Sweeps);
        Assert.Equal(
            WriteResult.Written,
            await store.Silos.WriteAsync(
                Unit(claims[0]) with { Checkpoint = new Checkpoint(0, 5, new byte[] { 1 }), Outcome = new TrialOutcome(TrialState.Waiting, "paused") }, None));

        Assert.Equal(new SweepChangeResult(SweepState.Running, 0), await store.Sweeps.ChangeSweepAsync(running.SweepId, SweepChange.Resume, None));

        Assert.Equal([true], (await store.Silos.BeatAsync(running.Silo.Incarnation, None))!.Trials.Select(trial => trial.IsWanted));
        var again = await ClaimOneAsync(running);
        Assert.Equal((0, 5L), (again.Trial.Number, again.Checkpoint!.Step));
        Assert.True((await store.Silos.ActivateSweepAsync(running.SweepId, running.Silo.Incarnation, None)).Term > running.Term);
    }

    [Fact]
    public async Task Counts_InTheList_AreThoseOfTheTrials_WhateverTheSweepCameTo()
    {
        async Task SameAsync(params (TrialState State, int Count)[] expected)
        {
            var listed = Assert.Single(await store.Sweeps.ListSweepsAsync(None));
            Assert.Equal(expected.ToDictionary(pair => pair.State, pair => pair.Count), listed.Counts);
            Assert.Equal(listed.Counts, (await store.Sweeps.SummarizeAsync(listed.Sweep.Id, None)).Counts);
        }

        var running = await StartAsync(3);
        var claims = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 3, None);
        await SameAsync((TrialState.Running, 3));

        // It ends while one runs, which ends after it.
        await store.Silos.WriteAsync(Unit(claims[0]) with { Report = Report(1), Outcome = new TrialOutcome(TrialState.Completed) }, None);
        await store.Silos.WriteAsync(Unit(claims[1]) with { Outcome = new TrialOutcome(TrialState.Failed, "why") }, None);
        await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { NewState = SweepState.Completed }, None);
        await SameAsync((TrialState.Running, 1), (TrialState.Completed, 1), (TrialState.Failed, 1));
        await store.Silos.WriteAsync(Unit(claims[2]) with { Report = Report(1), Outcome = new TrialOutcome(TrialState.Completed) }, None);
        await SameAsync((TrialState.Completed, 2), (TrialState.Failed, 1));

        await store.Sweeps.RetryTrialsAsync(running.SweepId, [claims[1].Trial.Id], None);
        await SameAsync((TrialState.Waiting, 1), (TrialState.Completed, 2));
        await store.Sweeps.ChangeSweepAsync(running.SweepId, SweepChange.Cancel, None);
        await SameAsync((TrialState.Completed, 2), (TrialState.Canceled, 1));
        await store.Sweeps.RetryTrialsAsync(running.SweepId, [claims[1].Trial.Id], None);
        await SameAsync((TrialState.Waiting, 1), (TrialState.Completed, 2));
        await store.Sweeps.ChangeSweepAsync(running.SweepId, SweepChange.Resume, None);

        var term = (await store.Silos.ActivateSweepAsync(running.SweepId, running.Silo.Incarnation, None)).Term!.Value;
        var again = await ClaimOneAsync(running);
        await store.Silos.WriteAsync(Unit(again) with { Report = Report(1), Outcome = new TrialOutcome(TrialState.Completed) }, None);
        await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, term) { NewState = SweepState.Completed }, None);
        await SameAsync((TrialState.Completed, 3));
    }

    [Fact]
    public async Task Cancel_WhileTrialsRun_EndsWhatIsNotOver_AndTheirLateWritesAreLost()
    {
        var running = await StartAsync(4);
        var claims = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 3, None);
        await store.Silos.WriteAsync(Unit(claims[0]) with { Report = Report(1, 0.25) }, None);
        await store.Silos.WriteAsync(Unit(claims[1]) with { Report = Report(1), Outcome = new TrialOutcome(TrialState.Completed) }, None);
        await store.Silos.WriteAsync(
            Unit(claims[2]) with { Report = Report(1), Checkpoint = new Checkpoint(1, 0, new byte[] { 1 }), Outcome = new TrialOutcome(TrialState.Paused) }, None);

        Assert.Equal(new SweepChangeResult(SweepState.Canceled, 3), await store.Sweeps.ChangeSweepAsync(running.SweepId, SweepChange.Cancel, None));

        Assert.Equal(WriteResult.Lost, await store.Silos.WriteAsync(Unit(claims[0]) with { Report = Report(2) }, None));
        Assert.Equal(WriteResult.Lost, await store.Silos.WriteAsync(Unit(claims[0]) with { Outcome = new TrialOutcome(TrialState.Completed) }, None));
        Assert.Equal(WriteResult.Lost, await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term), None));
        var held = (await store.Silos.BeatAsync(running.Silo.Incarnation, None))!;
        Assert.Equal((0, 0), (held.Trials.Count, held.Sweeps.Count));
        var trials = await store.Sweeps.ListTrialsAsync(running.SweepId, 0, 9, None);
        Assert.Equal([TrialState.Canceled, TrialState.Completed, TrialState.Canceled, TrialState.Canceled], trials.Select(trial => trial.State));
        Assert.Equal((1, 0.25), (trials[0].Resource, trials[0].Values[0]));
        var sweep = (await store.Sweeps.FindSweepAsync("sweep", None))!;
        Assert.Equal((SweepState.Canceled, true), (sweep.State, sweep.FinishedAt is not null));
        Assert.Null((await store.Silos.ActivateSweepAsync(running.SweepId, running.Silo.Incarnation, None)).Term);
    }

    [Theory]
    [InlineData(SweepState.Running, SweepChange.Resume)]
    [InlineData(SweepState.Paused, SweepChange.Pause)]
    [InlineData(SweepState.Completed, SweepChange.Pause)]
    [InlineData(SweepState.Completed, SweepChange.Resume)]
    [InlineData(SweepState.Completed, SweepChange.Cancel)]
    [InlineData(SweepState.Canceled, SweepChange.Cancel)]
    public async Task Change_ThatTheStateDoesNotAllow_ChangesNothing(SweepState state, SweepChange change)
    {
        var running = await StartAsync(1);
        await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { NewState = state, StateReason = "why" }, None);
        var before = (await store.Sweeps.FindSweepAsync("sweep", None))!;

        Assert.Equal(new SweepChangeResult(state, 0), await store.Sweeps.ChangeSweepAsync(running.SweepId, change, None));

        var after = (await store.Sweeps.FindSweepAsync("sweep", None))!;
        Assert.Equal((before.Term, before.Owner, before.StateReason, before.FinishedAt), (after.Term, after.Owner, after.StateReason, after.FinishedAt));
        Assert.Equal(TrialState.Waiting, (await TrialAsync(running, 0)).State);
        Assert.Null(await store.Sweeps.ChangeSweepAsync(running.SweepId + 1, change, None));
    }

    [Theory]
    [InlineData(SweepState.Pending, SweepState.Pending)]
    [InlineData(SweepState.Running, SweepState.Running)]
    [InlineData(SweepState.Paused, SweepState.Paused)]
    [InlineData(SweepState.Completed, SweepState.Paused)]
    [InlineData(SweepState.Canceled, SweepState.Paused)]
    [InlineData(SweepState.Failed, SweepState.Paused)]
    public async Task RetryAndExtend_TakeTheSweepFromItsCoordinator_AndOpenWhatIsOver(SweepState state, SweepState expected)
    {
        foreach (var retries in new[] { true, false })
        {
            var name = retries ? "retried" : "extended";
            var silo = await RegisterAsync();
            var sweep = (await store.Sweeps.CreateSweepAsync(Draft(name), None)).Sweep!;
            var term = (await store.Silos.ActivateSweepAsync(sweep.Id, silo.Incarnation, None)).Term!.Value;
            await store.Silos.WriteAsync(new CoordinatorUnit(sweep.Id, term) { Trials = [Suggestion(0), Suggestion(1)] }, None);
            var claimed = Assert.Single(await store.Silos.ClaimTrialsAsync(sweep.Id, silo.Incarnation, "p", 1, None));
            await store.Silos.WriteAsync(Unit(claimed) with { Outcome = new TrialOutcome(TrialState.Failed, "because") }, None);
            await store.Silos.WriteAsync(new CoordinatorUnit(sweep.Id, term) { NewState = state, StateReason = "why" }, None);

            var result = retries
                ? await store.Sweeps.RetryTrialsAsync(sweep.Id, [claimed.Trial.Id], None)
                : await store.Sweeps.ExtendSweepAsync(sweep.Id, 4, None);

            Assert.Equal(new SweepChangeResult(expected, retries ? 1 : 4), result);
            var after = (await store.Sweeps.FindSweepAsync(name, None))!;
            Assert.Equal((expected, true, null, null), (after.State, after.Term > term, after.Owner, after.FinishedAt));
            Assert.Equal(WriteResult.Lost, await store.Silos.WriteAsync(new CoordinatorUnit(sweep.Id, term), None));
            await store.Sweeps.ChangeSweepAsync(sweep.Id, SweepChange.Resume, None);
            Assert.True((await store.Silos.ActivateSweepAsync(sweep.Id, silo.Incarnation, None)).Term > after.Term);
        }
    }

    [Fact]
    public async Task Retry_OfNothingThatFailed_LeavesTheCoordinatorAlone()
    {
        var running = await StartAsync(1);
        var trial = await TrialAsync(running, 0);

        Assert.Equal(new SweepChangeResult(SweepState.Running, 0), await store.Sweeps.RetryTrialsAsync(running.SweepId, [trial.Id], None));
        Assert.Equal(WriteResult.Written, await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term), None));
    }

    [Fact]
    public async Task Delete_WhileTrialsRun_TakesAllThatBelongsToTheSweep_AndNothingElse()
    {
        const int Trials = 450;
        var running = await StartAsync(Trials);
        var other = (await store.Sweeps.CreateSweepAsync(Draft("other"), None)).Sweep!;
        var term = (await store.Silos.ActivateSweepAsync(other.Id, running.Silo.Incarnation, None)).Term!.Value;
        await store.Silos.WriteAsync(new CoordinatorUnit(other.Id, term) { Trials = [Suggestion(0)] }, None);
        var kept = Assert.Single(await store.Silos.ClaimTrialsAsync(other.Id, running.Silo.Incarnation, "p", 1, None));
        var claims = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 100, None);
        await Task.WhenAll(claims.Select(claim => store.Silos.WriteAsync(
            Unit(claim) with { Report = Report(1), Checkpoint = new Checkpoint(1, 0, new byte[] { 1 }) }, None)));
        await store.Silos.WriteAsync(Unit(claims[0]) with { Outcome = new TrialOutcome(TrialState.Paused) }, None);
        await store.Silos.WriteAsync(
            new CoordinatorUnit(running.SweepId, running.Term)
            {
                Decisions = [new TrialDecision(claims[0].Trial.Id, TrialState.Paused, TrialState.Waiting, 27, "", 1, 1) { DonorTrialId = claims[1].Trial.Id }],
            },
            None);
        await store.Silos.RefuseSweepAsync(running.SweepId, running.Silo.Incarnation, "why", None);

        Assert.True(await store.Sweeps.DeleteSweepAsync(running.SweepId, None));

        Assert.Equal(WriteResult.Lost, await store.Silos.WriteAsync(Unit(claims[1]) with { Report = Report(2) }, None));
        Assert.Equal(WriteResult.Lost, await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Trials = [Suggestion(9)] }, None));
        Assert.Null(await store.Sweeps.FindSweepAsync("sweep", None));
        Assert.Empty(await store.Sweeps.ListTrialsAsync(running.SweepId, 0, 9, None));
        Assert.Empty(await store.Sweeps.ListReportsAsync(claims[1].Trial.Id, None));
        Assert.Null(await store.Sweeps.FindFinalCheckpointAsync(claims[1].Trial.Id, None));
        Assert.Empty(await store.Sweeps.ListDecisionsAsync(running.SweepId, 0, None));
        Assert.Empty(await store.Sweeps.ListEventsAsync(running.SweepId, 9, None));
        Assert.Empty(await store.Sweeps.ListRefusalsAsync(running.SweepId, None));
        Assert.False(await store.Sweeps.DeleteSweepAsync(running.SweepId, None));
        Assert.Equal([kept.Trial.Id], (await store.Sweeps.ListRunningAsync(null, None)).Select(trial => trial.Trial.Id));
        Assert.Equal(WriteResult.Written, await store.Silos.WriteAsync(Unit(kept) with { Report = Report(1) }, None));
        Assert.True((await store.Sweeps.CreateSweepAsync(Draft(isFixed: true), None)).Sweep!.Id > other.Id);
    }

    [Theory]
    [InlineData(SweepChange.Pause)]
    [InlineData(SweepChange.Cancel)]
    [InlineData(null)]
    public async Task Change_AmongManyWrites_LeavesNoneHalfDone(SweepChange? change)
    {
        const int Trials = 64;
        var running = await StartAsync(Trials);
        await using var second = await OpenAsync();
        using var begun = new SemaphoreSlim(0);

        async Task<int> WorkAsync(ISiloStore silos)
        {
            var written = 0;
            while (await silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 1, None) is [var claimed])
            {
                for (var step = 1; step <= 3; step++)
                {
                    var unit = Unit(claimed) with { Report = Report(step), Outcome = step == 3 ? new TrialOutcome(TrialState.Completed) : null };
                    written += await silos.WriteAsync(unit, None) == WriteResult.Written ? 1 : 0;
                    begun.Release();
                }
            }

            return written;
        }

        var work = Enumerable.Range(0, 4).Select(n => Task.Run(() => WorkAsync(n % 2 == 0 ? store.Silos : second.Silos))).ToList();
        Assert.True(await begun.WaitAsync(Patience), "nothing was written");
        if (change is { } one)
        {
            await second.Sweeps.ChangeSweepAsync(running.SweepId, one, None);
        }
        else
        {
            await second.Sweeps.DeleteSweepAsync(running.SweepId, None);
        }

        var counted = (await Task.WhenAll(work)).Sum();
        var trials = await store.Sweeps.ListTrialsAsync(running.SweepId, 0, Trials, None);
        if (change is null)
        {
            Assert.Empty(trials);
            return;
        }

        // A trial stands where its reports do, and each that was said to be written is there.
        Assert.Equal(counted, trials.Sum(trial => trial.Resource));
        Assert.DoesNotContain(TrialState.Running, trials.Select(trial => trial.State));
        Assert.All(trials, trial => Assert.Equal(trial.Resource == 3, trial.State == TrialState.Completed));
        foreach (var trial in trials)
        {
            Assert.Equal(Enumerable.Range(1, trial.Resource), (await store.Sweeps.ListReportsAsync(trial.Id, None)).Select(report => report.Step));
        }
    }
}
