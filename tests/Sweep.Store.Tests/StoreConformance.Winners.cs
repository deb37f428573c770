using Sweep.Search.Trials;

namespace Sweep.Store.Tests;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task TestOfAWinner_IsWrittenOnce_WithTheFilesItRead()
    {
        var running = await StartAsync(2);
        var winner = await CompleteAsync(running);

        await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Tests = [Tested(winner, 0.8, "cd34")] }, None);
        await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Tests = [Tested(winner, 0.9, "ef56")] }, None);

        Assert.Equal(
            [("accuracy", 0.8), ("loss", null)],
            (await TrialAsync(running, 0)).TestMetrics!.Select(m => (m.Key, m.Value)));
        Assert.Equal(
            new Dictionary<string, string> { ["train.gz"] = "ab12", ["test:t10k.gz"] = "cd34" },
            (await store.Sweeps.FindSweepAsync("sweep", None))!.Inputs);
        Assert.Null((await TrialAsync(running, 1)).TestMetrics);
        Assert.Single(await store.Sweeps.ListEventsAsync(running.SweepId, 100, None), e => e.Kind == "tested");
    }

    [Fact]
    public async Task TestOfAWinner_FromAnOldCoordinator_ChangesNothing()
    {
        var running = await StartAsync(1);
        var winner = await CompleteAsync(running);
        await store.Silos.BurySiloAsync(running.Silo.Incarnation, "gone", None);
        await store.Silos.ActivateSweepAsync(running.SweepId, (await RegisterAsync("heir")).Incarnation, None);

        var late = new CoordinatorUnit(running.SweepId, running.Term) { Tests = [Tested(winner, 0.8, "cd34")] };

        Assert.Equal(WriteResult.Lost, await store.Silos.WriteAsync(late, None));
        Assert.Null((await TrialAsync(running, 0)).TestMetrics);
        Assert.Single((await store.Sweeps.FindSweepAsync("sweep", None))!.Inputs);
    }

    [Fact]
    public async Task TestOfATrial_ThatIsNotCompleted_HasNoEffect()
    {
        var running = await StartAsync(1);
        var claimed = await ClaimOneAsync(running);

        await store.Silos.WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Tests = [Tested(claimed.Trial, 0.8, "cd34")] }, None);

        Assert.Null((await TrialAsync(running, 0)).TestMetrics);
    }

    [Fact]
    public async Task BestCheckpoint_StaysBesideNewerOnes_UntilThereIsABetter()
    {
        var running = await StartAsync(1);
        var claimed = await ClaimOneAsync(running);
        Assert.Null(await store.Sweeps.FindFinalCheckpointAsync(claimed.Trial.Id, None));

        foreach (var (epoch, isBest, final) in ((int, bool, int)[])[(1, false, 1), (2, true, 2), (3, false, 2), (4, false, 2), (5, true, 5), (6, false, 5)])
        {
            var checkpoint = new Checkpoint(epoch, 0, new[] { (byte)epoch }) { IsBest = isBest };
            await store.Silos.WriteAsync(Unit(claimed) with { Report = Report(epoch), Checkpoint = checkpoint }, None);
            Assert.Equal(final, (await store.Sweeps.FindFinalCheckpointAsync(claimed.Trial.Id, None))!.Epoch);
        }

        // The trial itself goes on from the newest.
        await store.Silos.BurySiloAsync(running.Silo.Incarnation, "gone", None);
        var heir = await RegisterAsync("heir");
        await store.Silos.ActivateSweepAsync(running.SweepId, heir.Incarnation, None);
        Assert.Equal(new byte[] { 6 }, (await ClaimOneAsync(running, heir)).Checkpoint!.Content.ToArray());
    }

    [Fact]
    public async Task BestCheckpoint_SavedAgainAtItsOwnPosition_StaysTheBest()
    {
        var running = await StartAsync(1);
        var claimed = await ClaimOneAsync(running);
        var best = new Checkpoint(1, 0, new byte[] { 1 }) { IsBest = true };
        await store.Silos.WriteAsync(Unit(claimed) with { Report = Report(1), Checkpoint = best }, None);

        var again = await store.Silos.WriteAsync(Unit(claimed) with { Checkpoint = best with { IsBest = false } }, None);
        await store.Silos.WriteAsync(Unit(claimed) with { Report = Report(2), Checkpoint = new Checkpoint(2, 0, new byte[] { 2 }) }, None);

        Assert.Equal(WriteResult.Written, again);
        Assert.Equal(1, (await store.Sweeps.FindFinalCheckpointAsync(claimed.Trial.Id, None))!.Epoch);
    }

    private static TrialTest Tested(TrialRecord trial, double accuracy, string hash) => new(
        trial.Id,
        new Dictionary<string, double?> { ["accuracy"] = accuracy, ["loss"] = double.NaN },
        new Dictionary<string, string> { [TrialTest.TestPrefix + "t10k.gz"] = hash });

    private async Task<TrialRecord> CompleteAsync(Running running)
    {
        var claimed = await ClaimOneAsync(running);
        await store.Silos.WriteAsync(Unit(claimed) with { Report = Report(9), Outcome = new TrialOutcome(TrialState.Completed) }, None);
        return claimed.Trial;
    }
}
