using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Pbt;
using Sweep.Search.Randomness;
using Sweep.Search.Runs;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Tests.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Pruners;

public sealed class PbtPrunerTests
{
    private const string Lines = """
          optimizer: { values: [momentum, adam] }
          optimizer.momentum: { min: 0.5, max: 0.9, when: { optimizer: momentum } }
          lr: { min: 0.001, max: 0.1, distribution: log_uniform }
          task.batch_size: { min: 32, max: 256, step: 32 }
          task.dropout: { min: 0.0, max: 0.5 }
        """;

    private static readonly Space Space = TestSpecs.Valid(TestSpecs.With(Lines)).Space;

    [Fact]
    public void Generation_IsDecidedWhenAllAreThere_AndTheWorstGoOnFromTheBest()
    {
        var pruner = Make(8, 0.25, 0);
        Assert.Equal([3, 6], pruner.CheckSteps);
        var early = Arrive(pruner, 3, [.. Enumerable.Range(0, 7).Select(n => (n, (double?)(n == 3 ? null : n / 10.0)))]);
        Assert.Empty(early);
        var decisions = Arrive(pruner, 3, (7, 0.55));
        Assert.Equal(8, decisions.Count);
        Assert.All(decisions, d => Assert.Equal((SearchDecisionKind.Promote, 6), (d.Kind, d.Resource)));

        // Of eight two move: 3, which has no value, and 0, the lowest; the best two are 6 and 7.
        Assert.Equal([0, 3], decisions.Where(d => d.Donor is not null).Select(d => d.Number).Order());
        Assert.All(decisions.Where(d => d.Donor is not null), d => Assert.Contains(d.Donor!.Value, new[] { 6, 7 }));
        Assert.All(decisions.Where(d => d.Donor is null), d => Assert.Null(d.Configuration));
    }

    [Fact]
    public void FailedMembers_LeaveThePopulation()
    {
        var pruner = Make(4, 0.25, 0);
        Assert.Empty(Arrive(pruner, 3, (0, 0.1), (1, 0.2), (2, 0.3)));
        var decisions = new List<SearchDecision>();
        pruner.Observe(new TrialResult(3, 0, TrialState.Diverged, 3, 1, []), decisions);
        Assert.Equal([0, 1, 2], decisions.Select(d => d.Number).Order());
        Assert.All(decisions, d => Assert.Null(d.Donor)); // a quarter of three is nobody
    }

    [Fact]
    public void Explore_ChangesNumbersOfOptimizerAndScheduleOnly_WithinTheSpace()
    {
        var explorer = new PbtExplorer(Space, 7, 0);
        var counts = (Up: 0, Down: 0);
        for (var number = 0; number < 200; number++)
        {
            var donor = Space.Draw([.. Enumerable.Range(0, Space.Dimensions).Select(i => Philox.Uniform(3, number, 9, i))])!.Value.ToConfiguration();
            var child = explorer.Explore(donor, number, 1);
            Assert.True(Space.Contains(child));
            Assert.Equal(Of(donor, "optimizer"), Of(child, "optimizer"));
            Assert.Equal(Of(donor, "task.batch_size"), Of(child, "task.batch_size"));
            Assert.Equal(Of(donor, "task.dropout"), Of(child, "task.dropout"));
            var (from, to) = (Of(donor, "lr")!.AsReal, Of(child, "lr")!.AsReal);
            var (up, down) = (Math.Min(from * 1.2, 0.1), Math.Max(from * 0.8, 0.001));
            Assert.True(to == up || to == down, $"{from} to {to}");
            counts = to > from ? (counts.Up + 1, counts.Down) : (counts.Up, counts.Down + 1);
        }

        // Fair coins: 200 of them are within 65 and 135 but for one in a million times.
        Assert.InRange(counts.Up, 65, 135);
    }

    [Fact]
    public void Resampling_DrawsFromTheDistribution()
    {
        var explorer = new PbtExplorer(Space, 7, 1);
        var donor = TestSpecs.Point(("optimizer", "adam"), ("lr", 0.01), ("task.batch_size", 64), ("task.dropout", 0.25));
        var drawn = Enumerable.Range(0, 400).Select(n => Of(explorer.Explore(donor, n, 0), "lr")!.AsReal).ToList();
        Assert.All(drawn, lr => Assert.InRange(lr, 0.001, 0.1));
        Assert.InRange(drawn.Count(lr => lr < 0.01), 150, 250); // half of the decades
    }

    [Fact]
    public void LatticeValues_MoveToANeighbourAtLeast_AndStayInRange()
    {
        var space = TestSpecs.Valid(TestSpecs.With("  optimizer: sgd\n  lr: { min: 1, max: 4, step: 1 }")).Space;
        var explorer = new PbtExplorer(space, 1, 0);
        for (var number = 0; number < 50; number++)
        {
            var lr = Of(explorer.Explore(TestSpecs.Point(("optimizer", "sgd"), ("lr", 2.0)), number, 0), "lr")!.AsReal;
            Assert.Contains(lr, new[] { 1.0, 3.0 });
        }
    }

    private static ParameterValue? Of(Configuration configuration, string name) => configuration.TryGet(name, out var value) ? value : null;

    private static PbtPruner Make(int population, double quantile, double resample)
    {
        var pruner = new PbtPruner(new PbtOptions(9, 3, quantile, resample), Space, population, ObjectiveGoal.Maximize, 5);
        for (var number = 0; number < population; number++)
        {
            Assert.Equal(3, pruner.Enter(number, TestSpecs.Point(("optimizer", "adam"), ("lr", 0.01 + (number / 1000.0)), ("task.batch_size", 64), ("task.dropout", 0.25)), 9));
        }

        return pruner;
    }

    private static List<SearchDecision> Arrive(PbtPruner pruner, int step, params (int Number, double? Value)[] arrivals)
    {
        var decisions = new List<SearchDecision>();
        foreach (var (number, value) in arrivals)
        {
            pruner.Observe(new TrialResult(number, 0, TrialState.Paused, step, step, [value]), decisions);
        }

        return decisions;
    }
}
