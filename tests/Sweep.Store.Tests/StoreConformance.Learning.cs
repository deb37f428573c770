using Sweep.Search.Trials;

namespace Sweep.Store.Tests;

/// <summary>Trials that learn from earlier ones: held back, told once, and read by number.</summary>
public abstract partial class StoreConformance
{
    [Fact]
    public async Task HeldTrial_CannotBeClaimedUntilItIsReleased_AndKeepsWhatItWasTold()
    {
        var running = await StartAsync(1);
        await WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Trials = [Suggestion(1) with { IsHeld = true }, Suggestion(2)] });
        Assert.Equal([0, 2], (await ClaimAllAsync(running)).Select(c => c.Trial.Number).Order());
        Assert.True((await TrialAsync(running, 1)).IsHeld);

        await WriteAsync(Release(running, 1, 7, 8));
        var claimed = await ClaimOneAsync(running);
        Assert.False(claimed.Trial.IsHeld);
        Assert.Equal([7, 8], claimed.Trial.Policy.ToArray());

        // Told once: a coordinator that repeats itself changes nothing, and the next attempt starts from the same.
        await WriteAsync(Release(running, 1, 9));
        await store.Silos.WriteAsync(Unit(claimed) with { Outcome = new TrialOutcome(TrialState.Waiting) }, None);
        Assert.Equal([7, 8], (await ClaimOneAsync(running)).Trial.Policy.ToArray());
    }

    [Fact]
    public async Task Release_OfACoordinatorThatLostItsTerm_ChangesNothing()
    {
        var running = await StartAsync(0);
        await WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Trials = [Suggestion(0) with { IsHeld = true }] });
        Assert.Equal(WriteResult.Lost, await store.Silos.WriteAsync(Release(running with { Term = running.Term - 1 }, 0, 7), None));
        Assert.True((await TrialAsync(running, 0)).IsHeld);
    }

    [Fact]
    public async Task Experiences_AreListedByNumberAndStep_OfTheFirstRungOnly()
    {
        var running = await StartAsync(0);
        await WriteAsync(new CoordinatorUnit(running.SweepId, running.Term) { Trials = [.. Enumerable.Range(0, 4).Select(n => Suggestion(n, granted: 2))] });
        foreach (var claimed in (await ClaimAllAsync(running)).Reverse())
        {
            foreach (var step in (int[])[1, 2, 3])
            {
                var number = claimed.Trial.Number;
                await store.Silos.WriteAsync(Unit(claimed) with { Report = Report(step) with { Experiences = number == 2 ? default : new[] { (byte)number, (byte)step } } }, None);
            }
        }

        Assert.Equal(["1.1", "1.2", "3.1", "3.2"], (await store.Sweeps.ListExperiencesAsync(running.SweepId, 1, 4, None)).Select(e => string.Join('.', e.ToArray())));
    }

    [Fact]
    public async Task Experiences_OfEpochsThatAreTrainedAgain_AreGone()
    {
        var running = await StartAsync(1);
        var claimed = await ClaimOneAsync(running);
        await store.Silos.WriteAsync(Unit(claimed) with { Report = Report(1) with { Experiences = new byte[] { 1 } }, Checkpoint = new Checkpoint(1, 0, new byte[3]) }, None);
        await store.Silos.WriteAsync(Unit(claimed) with { Report = Report(2) with { Experiences = new byte[] { 2 } } }, None);
        await store.Silos.WriteAsync(Unit(claimed) with { Outcome = new TrialOutcome(TrialState.Waiting) }, None);
        await ClaimOneAsync(running);

        Assert.Equal([1], Assert.Single(await store.Sweeps.ListExperiencesAsync(running.SweepId, 0, 8, None)).ToArray());
    }

    private static CoordinatorUnit Release(Running running, int number, params byte[] policy) =>
        new(running.SweepId, running.Term) { Releases = [new TrialRelease(number, policy)] };

    private async Task WriteAsync(CoordinatorUnit unit) => Assert.Equal(WriteResult.Written, await store.Silos.WriteAsync(unit, None));

    private async Task<IReadOnlyList<ClaimedTrial>> ClaimAllAsync(Running running) =>
        await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "profile", 100, None);
}
