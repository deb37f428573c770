using System.Collections.Concurrent;
using Sweep.Search.Trials;

namespace Sweep.Store.Tests;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task Claims_ByManyAtOnce_TakeEachTrialOnce()
    {
        const int Trials = 200;
        var running = await StartAsync(Trials);
        await using var second = await OpenAsync();
        var taken = new ConcurrentBag<int>();

        async Task ClaimAllAsync(ISiloStore silos, int count)
        {
            while (await silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", count, None) is { Count: > 0 } claimed)
            {
                foreach (var trial in claimed)
                {
                    taken.Add(trial.Trial.Number);
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(1, 6).Select(n => Task.Run(() => ClaimAllAsync(n % 2 == 0 ? store.Silos : second.Silos, n))));

        Assert.Equal(Enumerable.Range(0, Trials), taken.Order());
    }

    [Fact]
    public async Task Claim_TakesTheLowestNumbers_AndSetsOwnership()
    {
        var running = await StartAsync(3);

        var claimed = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "kernels", 2, None);

        Assert.Equal([0, 1], claimed.Select(c => c.Trial.Number));
        Assert.All(claimed, c => Assert.Equal(
            (TrialState.Running, 1, "kernels", 9), (c.Trial.State, c.Trial.Attempt, c.Trial.NumericsProfile, c.Trial.Granted)));
        Assert.All(claimed, c => Assert.True(c.Checkpoint is null && c.LastReport is null));
        Assert.Equal("""{"lr":1}""", claimed[1].Trial.Parameters);
    }

    [Theory]
    [InlineData(SweepState.Pending)]
    [InlineData(SweepState.Paused)]
    [InlineData(SweepState.Completed)]
    [InlineData(SweepState.Canceled)]
    public async Task Claim_FromASweepThatIsNotRunning_TakesNothing(SweepState state)
    {
        var running = await StartAsync(1);
        await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { NewState = state, StateReason = "why" }, None);

        Assert.Empty(await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 1, None));
        var sweep = (await store.Sweeps.FindSweepAsync("sweep", None))!;
        Assert.Equal((state, "why", state.IsOver()), (sweep.State, sweep.StateReason, sweep.FinishedAt is not null));
    }

    [Fact]
    public async Task OverSweep_CannotBeActivated()
    {
        var running = await StartAsync(1);
        await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { NewState = SweepState.Completed }, None);

        Assert.Equal(new ActivationResult(null, null), await store.Silos.ActivateSweepAsync(running.SweepId, running.Silo.Incarnation, None));
    }

    [Fact]
    public async Task Adoption_DeletesReportsLaterThanTheCheckpoint()
    {
        var running = await StartAsync(1);
        var first = await ClaimOneAsync(running);
        await store.Silos.WriteAsync(Unit(first) with { Report = Report(1, 0.1, seconds: 2) }, None);
        await store.Silos.WriteAsync(
            Unit(first) with { Report = Report(2, 0.2, seconds: 3), Checkpoint = new Checkpoint(2, 17, new byte[] { 5, 6 }) }, None);
        await store.Silos.WriteAsync(Unit(first) with { Report = Report(3, 0.9, seconds: 4) }, None);
        await store.Silos.WriteAsync(Unit(first) with { Report = Report(4, 0.8, seconds: 5) }, None);
        Assert.Equal((4, 14.0), ((await TrialAsync(running, 0)).Resource, (await TrialAsync(running, 0)).Seconds));
        await store.Silos.BurySiloAsync(running.Silo.Incarnation, "gone", None);
        var heir = await RegisterAsync("heir");

        var adopted = await ClaimOneAsync(running, heir);

        Assert.Equal((2, 2, 2, 5.0), (adopted.Trial.Attempt, adopted.Trial.Resource, adopted.Trial.RankResource, adopted.Trial.Seconds));
        Assert.Equal([0.2], adopted.Trial.Values);
        Assert.Equal((2, 17L), (adopted.Checkpoint!.Epoch, adopted.Checkpoint.Step));
        Assert.Equal((2, 0.2), (adopted.LastReport!.Step, adopted.LastReport.Values[0]));
        Assert.Equal([1, 2], (await store.Sweeps.ListReportsAsync(adopted.Trial.Id, None)).Select(r => r.Step));
        Assert.Equal(WriteResult.Written, await store.Silos.WriteAsync(Unit(adopted) with { Report = Report(3, 0.3) }, None));
    }

    [Fact]
    public async Task Adoption_WithoutACheckpoint_StartsFromNothing()
    {
        var running = await StartAsync(1);
        var first = await ClaimOneAsync(running);
        await store.Silos.WriteAsync(Unit(first) with { Report = Report(1) }, None);
        await store.Silos.WriteAsync(Unit(first) with { Outcome = new TrialOutcome(TrialState.Waiting, "drained") }, None);

        var again = await ClaimOneAsync(running);

        Assert.Equal((2, 0, 0.0), (again.Trial.Attempt, again.Trial.Resource, again.Trial.Seconds));
        Assert.Empty(again.Trial.Values);
        Assert.Empty(await store.Sweeps.ListReportsAsync(again.Trial.Id, None));
    }

    [Fact]
    public async Task Decision_ActsOnlyFromTheStateItNames()
    {
        var running = await StartAsync(2);
        var paused = await ClaimOneAsync(running);
        await store.Silos.WriteAsync(
            Unit(paused) with { Report = Report(3), Checkpoint = new Checkpoint(3, 0, new byte[] { 1 }), Outcome = new TrialOutcome(TrialState.Paused) }, None);
        var other = await ClaimOneAsync(running);
        var unit = new CoordinatorUnit(running.SweepId, running.Term)
        {
            Decisions =
            [
                new TrialDecision(paused.Trial.Id, TrialState.Paused, TrialState.Waiting, 27, "", 3, 2),
                new TrialDecision(other.Trial.Id, TrialState.Paused, TrialState.Pruned, 3, "worst of 3", 3, 2),
            ],
        };

        Assert.Equal(WriteResult.Written, await store.Silos.WriteAsync(unit, None));

        Assert.Equal((TrialState.Waiting, 27), ((await TrialAsync(running, 0)).State, (await TrialAsync(running, 0)).Granted));
        Assert.Equal(TrialState.Running, (await TrialAsync(running, 1)).State);
        var promoted = await ClaimOneAsync(running);
        Assert.Equal((0, 2, 3), (promoted.Trial.Number, promoted.Trial.Attempt, promoted.Trial.Resource));
        Assert.Contains(await store.Sweeps.ListEventsAsync(running.SweepId, 100, None), e => e is { Kind: "promoted", Trial: 0, Silo: "silo" });
    }

    [Fact]
    public async Task Exploit_GoesOnFromTheDonorsCheckpoint_WithOtherParameters()
    {
        var running = await StartAsync(2);
        var worst = await ClaimOneAsync(running);
        var donor = await ClaimOneAsync(running);
        foreach (var (trial, content) in new[] { (worst, (byte)1), (donor, (byte)2) })
        {
            await store.Silos.WriteAsync(
                Unit(trial) with { Report = Report(3), Checkpoint = new Checkpoint(3, 0, new[] { content }), Outcome = new TrialOutcome(TrialState.Paused) }, None);
        }

        var exploit = new TrialDecision(worst.Trial.Id, TrialState.Paused, TrialState.Waiting, 6, "goes on from trial 1", 7, 5)
        {
            DonorTrialId = donor.Trial.Id,
            Parameters = """{"lr":0.5}""",
        };
        await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Decisions = [exploit] }, None);
        await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Decisions = [exploit with { Parameters = "{}" }] }, None);

        var again = await ClaimOneAsync(running);
        Assert.Equal((worst.Trial.Id, """{"lr":0.5}""", 6, 3), (again.Trial.Id, again.Trial.Parameters, again.Trial.Granted, again.Trial.Resource));
        Assert.Equal((3, (byte)2), (again.Checkpoint!.Epoch, again.Checkpoint.Content.Span[0]));
        var decision = Assert.Single(await store.Sweeps.ListDecisionsAsync(running.SweepId, 0, None));
        Assert.Equal(new DecisionRecord(decision.Id, worst.Trial.Id, TrialState.Paused, TrialState.Waiting, 6, 7, 5, donor.Trial.Id, """{"lr":0.5}"""), decision);
        Assert.Empty(await store.Sweeps.ListDecisionsAsync(running.SweepId, decision.Id, None));

        // Another sweep's come between.
        var other = await StartAsync(1);
        await PauseAsync(await ClaimOneAsync(other));
        await store.Silos.WriteAsync(new CoordinatorUnit(other.SweepId, other.Term) { Decisions = [Prune((await store.Sweeps.ListTrialsAsync(other.SweepId, 0, 1, None))[0].Id)] }, None);
        await PauseAsync(again);
        await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Decisions = [Prune(again.Trial.Id)] }, None);
        var later = Assert.Single(await store.Sweeps.ListDecisionsAsync(running.SweepId, decision.Id, None));
        Assert.Equal((again.Trial.Id, TrialState.Pruned), (later.TrialId, later.To));

        Task PauseAsync(ClaimedTrial claim) => store.Silos.WriteAsync(Unit(claim) with { Outcome = new TrialOutcome(TrialState.Paused) }, None);

        static TrialDecision Prune(long trial) => new(trial, TrialState.Paused, TrialState.Pruned, 6, "no", 0, 0);
    }

    [Fact]
    public async Task Checkpoint_LargerThanSeveralChunks_ComesBackWhole()
    {
        var content = new byte[3_670_016 + 1];
        new Random(5).NextBytes(content);
        var running = await StartAsync(1);
        var first = await ClaimOneAsync(running);
        foreach (var epoch in new[] { 1, 2 })
        {
            content[0]++;
            await store.Silos.WriteAsync(
                Unit(first) with { Report = Report(epoch), Checkpoint = new Checkpoint(epoch, 0, content.ToArray()) }, None);
        }

        await store.Silos.WriteAsync(Unit(first) with { Outcome = new TrialOutcome(TrialState.Waiting) }, None);
        var again = await ClaimOneAsync(running);

        Assert.Equal(2, again.Checkpoint!.Epoch);
        Assert.True(content.AsSpan().SequenceEqual(again.Checkpoint.Content.Span));
    }

    [Fact]
    public async Task Retry_OnlyWhatFailed_GoesOnFromItsCheckpoint()
    {
        var running = await StartAsync(4);
        var claims = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", 4, None);
        TrialState[] states = [TrialState.Failed, TrialState.Completed, TrialState.Diverged, TrialState.Canceled];
        foreach (var (claim, state) in claims.Zip(states))
        {
            await store.Silos.WriteAsync(
                Unit(claim) with { Report = Report(1, 0.5), Checkpoint = new Checkpoint(1, 0, new byte[] { 1 }), Outcome = new TrialOutcome(state, "because") }, None);
        }

        var ids = claims.Select(claim => claim.Trial.Id).ToList();
        Assert.Equal(0, await store.Silos.PruneCheckpointsAsync(running.SweepId, running.Term, [1, 2], None));
        await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { NewState = SweepState.Completed, Release = true }, None);

        Assert.Equal(new SweepChangeResult(SweepState.Paused, 2), await store.Sweeps.RetryTrialsAsync(running.SweepId, ids, None));
        var trials = await store.Sweeps.ListTrialsAsync(running.SweepId, 0, 9, None);
        Assert.Equal([TrialState.Waiting, TrialState.Completed, TrialState.Diverged, TrialState.Waiting], trials.Select(trial => trial.State));
        Assert.Equal("", trials[0].Reason);
        Assert.Equal(SweepState.Paused, (await store.Sweeps.SummarizeAsync(running.SweepId, None)).Sweep.State);

        Assert.Null((await store.Silos.ActivateSweepAsync(running.SweepId, running.Silo.Incarnation, None)).Term);
        await store.Sweeps.ChangeSweepAsync(running.SweepId, SweepChange.Resume, None);
        Assert.NotNull((await store.Silos.ActivateSweepAsync(running.SweepId, running.Silo.Incarnation, None)).Term);
        var again = await ClaimOneAsync(running);
        Assert.Equal((0, 2, 1), (again.Trial.Number, again.Trial.Attempt, again.Checkpoint!.Epoch));
    }

    [Fact]
    public async Task Extend_IsKeptAndOpensTheSweep()
    {
        var running = await StartAsync(1);
        await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { NewState = SweepState.Completed, Release = true }, None);
        await store.Sweeps.ExtendSweepAsync(running.SweepId, 5, None);
        await store.Sweeps.ExtendSweepAsync(running.SweepId, 3, None);
        var sweep = (await store.Sweeps.SummarizeAsync(running.SweepId, None)).Sweep;
        Assert.Equal([5, 3], sweep.More);
        Assert.Equal((SweepState.Paused, null), (sweep.State, sweep.FinishedAt));
    }

    [Fact]
    public async Task PruneCheckpoints_KeepsWhatIsAskedForAndWhatMayGoOn()
    {
        const int Trials = 60;
        var running = await StartAsync(Trials);
        var claims = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", Trials, None);
        foreach (var claim in claims)
        {
            var state = claim.Trial.Number == 0 ? TrialState.Paused : claim.Trial.Number == 1 ? TrialState.Waiting : TrialState.Completed;
            await store.Silos.WriteAsync(
                Unit(claim) with
                {
                    Report = Report(1, claim.Trial.Number / 100.0),
                    Checkpoint = new Checkpoint(1, 0, new byte[] { 1 }),
                    Outcome = new TrialOutcome(state),
                },
                None);
        }

        Assert.Equal(0, await store.Silos.PruneCheckpointsAsync(running.SweepId, running.Term + 1, [5, 7], None));
        Assert.Equal(Trials - 2 - 2, await store.Silos.PruneCheckpointsAsync(running.SweepId, running.Term, [5, 7], None));
        Assert.Equal(0, await store.Silos.PruneCheckpointsAsync(running.SweepId, running.Term, [5, 7], None));
        Assert.NotNull(await store.Sweeps.FindFinalCheckpointAsync(claims[7].Trial.Id, None));
        Assert.Null(await store.Sweeps.FindFinalCheckpointAsync(claims[8].Trial.Id, None));
        Assert.NotNull((await ClaimOneAsync(running)).Checkpoint);
    }
}
