using Sweep.Search.Trials;

namespace Sweep.Store.Tests;

public abstract partial class StoreConformance
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Ranking_OfARandomTable_IsThatOfTheDefinition(int seed, bool maximize)
    {
        const int Trials = 120;
        var random = new Random(seed);
        var running = await StartAsync(Trials, maximize);
        var claims = await store.Silos.ClaimTrialsAsync(running.SweepId, running.Silo.Incarnation, "p", Trials - 10, None);
        await Task.WhenAll(claims.Select(claim => store.Silos.WriteAsync(RandomUnit(claim, random), None)));
        var all = await store.Sweeps.ListTrialsAsync(running.SweepId, 0, int.MaxValue, None);

        var ranked = await store.Sweeps.RankTrialsAsync(running.SweepId, int.MaxValue, None);

        var expected = all.Order(Comparer<TrialRecord>.Create((a, b) => CompareByDefinition(a, b, maximize))).Select(t => t.Number).ToList();
        Assert.Equal(expected, ranked.Select(t => t.Number));
        Assert.Equal(expected.Take(7), (await store.Sweeps.RankTrialsAsync(running.SweepId, 7, None)).Select(t => t.Number));
    }

    private static OwnerUnit RandomUnit(ClaimedTrial claim, Random random)
    {
        TrialState[] ends = [TrialState.Completed, TrialState.Paused, TrialState.Pruned, TrialState.Failed, TrialState.Diverged, TrialState.Canceled];
        double? value = random.Next(6) switch { 0 => null, 1 => 0, 2 => -0.0, _ => random.Next(-3, 4) / 4.0 };
        var isOver = random.Next(8) > 0;
        return Unit(claim) with
        {
            Report = random.Next(10) > 0 ? Report(random.Next(1, 4), value) : null,
            Outcome = isOver
                ? new TrialOutcome(ends[random.Next(ends.Length)], RankResource: random.Next(5) == 0 ? 9 : null)
                : null,
        };
    }

    /// <summary>DESIGN, "Ranking": group, highest rank resource, value within it, no value last, lower number.</summary>
    private static int CompareByDefinition(TrialRecord a, TrialRecord b, bool maximize)
    {
        static int Group(TrialState state) => state switch
        {
            TrialState.Completed => 0,
            TrialState.Pruned or TrialState.Paused or TrialState.Running or TrialState.Waiting => 1,
            _ => 2,
        };

        if (Group(a.State) != Group(b.State))
        {
            return Group(a.State).CompareTo(Group(b.State));
        }

        if (a.RankResource != b.RankResource)
        {
            return b.RankResource.CompareTo(a.RankResource);
        }

        var (left, right) = (a.Values.Count > 0 ? a.Values[0] : null, b.Values.Count > 0 ? b.Values[0] : null);
        if (left is null != right is null)
        {
            return left is null ? 1 : -1;
        }

        var byValue = left is null ? 0 : left.Value < right!.Value ? -1 : left.Value > right.Value ? 1 : 0;
        return byValue != 0 ? (maximize ? -byValue : byValue) : a.Number.CompareTo(b.Number);
    }
}
