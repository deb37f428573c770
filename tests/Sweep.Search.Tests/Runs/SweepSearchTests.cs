using FsCheck;
using FsCheck.Fluent;
using Sweep.Search.Randomness;
using Sweep.Search.Runs;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Tests.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Runs;

public sealed class SweepSearchTests
{
    [Fact]
    public void Suggest_GivesTheTrialsInOrder_AndThenNone()
    {
        var search = new SweepSearch(TestSpecs.Valid(TestSpecs.Example));
        Assert.Equal(Enumerable.Range(0, 20), search.Suggest(20).Select(s => s.Number));
        Assert.True(search.HasMore);
        Assert.Equal(Enumerable.Range(20, 7), search.Suggest(20).Select(s => s.Number));
        Assert.False(search.HasMore);
        Assert.Empty(search.Suggest(1));
        Assert.False(search.IsFinished);
    }

    [Fact]
    public void WithoutPruner_EachTrialGetsItsEpochs_AndIsCompletedThere()
    {
        var search = new SweepSearch(TestSpecs.Valid(TestSpecs.With("  optimizer: sgd\n  lr: 0.1\n  task.epochs: { values: [3, 5] }")));
        Assert.Equal([3, 5], search.Suggest(9).Select(s => s.Granted).Order());
        var decision = Assert.Single(search.Observe(new TrialResult(0, 0, TrialState.Paused, 3, 3, [0.5])));
        Assert.Equal((0, SearchDecisionKind.Complete, 3), (decision.Number, decision.Kind, decision.Resource));
        Assert.Empty(search.Observe(new TrialResult(0, 0, TrialState.Paused, 3, 3, [0.5])));
        Assert.False(search.IsFinished);
        Assert.Empty(search.Observe(new TrialResult(1, 0, TrialState.Failed, 5, 2, [])));
        Assert.True(search.IsFinished);
    }

    [Fact]
    public void Rebuild_FromHistory_GivesTheLiveState() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var spec = TestSpecs.Valid(TestSpecs.Example.Replace("trials: 27", $"trials: {1 + (seed % 30)}", StringComparison.Ordinal)
            .Replace("min_resource: 3", "min_resource: 1", StringComparison.Ordinal));
        var live = new SimulatedSweep(spec, seed);
        live.Run((int)(Philox.Bits(seed, 1, 1, 1) % 60));

        var rebuilt = new SweepSearch(spec);
        rebuilt.Restore(live.Existing);
        var decisions = live.History(rebuilt.CheckSteps).SelectMany(rebuilt.Observe).ToHashSet();

        // All decisions come out again.
        var same = decisions.SetEquals(live.Decisions)
            && rebuilt.Suggested == live.Search.Suggested
            && rebuilt.IsFinished == live.Search.IsFinished;
        return same && rebuilt.Suggest(3).Select(s => $"{s}").SequenceEqual(live.Search.Suggest(3).Select(s => $"{s}"));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sweep_AlwaysFinishes() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var live = new SimulatedSweep(TestSpecs.Valid(TestSpecs.Example), seed);
        live.Run(10_000);
        return live.Search.IsFinished;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ResultOfATrialThatWasNotSuggested_IsABug() =>
        Assert.Throws<ArgumentException>(() => new SweepSearch(TestSpecs.Valid(TestSpecs.Example)).Observe(new TrialResult(0, 0, TrialState.Failed, 3, 0, [])));
}

/// <summary>A sweep run on three slots in an order given by a seed, with the rows that a store would hold.</summary>
internal sealed class SimulatedSweep(SweepSpec spec, int seed)
{
    private readonly Dictionary<int, TrialRecord> _rows = [];
    private int _events;

    internal SweepSearch Search { get; } = new(spec);

    internal HashSet<SearchDecision> Decisions { get; } = [];

    internal IReadOnlyList<Configuration> Existing => [.. _rows.Values.OrderBy(r => r.Number).Select(r => Configuration.Parse(r.Parameters))];

    internal void Run(int events)
    {
        for (; _events < events; _events++)
        {
            var running = _rows.Values.Where(r => r.State is TrialState.Waiting).ToList();
            if (running.Count < 3 && Search.Suggest(1) is [var suggestion])
            {
                _rows[suggestion.Number] = new TrialRecord(
                    suggestion.Number, 1, suggestion.Number, 0, TrialState.Waiting, 0, suggestion.Configuration.ToJson(), suggestion.Granted, 0, 0, [], "", 0, "");
                continue;
            }

            if (running.Count == 0)
            {
                return;
            }

            Finish(running[(int)(Philox.Bits(seed, _events, 2, 2) % (ulong)running.Count)]);
        }
    }

    internal IEnumerable<TrialResult> History(IReadOnlyList<int> checkSteps) =>
        _rows.Values.OrderBy(r => Philox.Bits(seed, r.Number, 3, 3))
            .SelectMany(r => SearchHistory.Results(r, r.State is TrialState.Pruned or TrialState.Completed, checkSteps, step => step <= r.Resource ? [Value(r.Number, step)] : null, []));

    private void Finish(TrialRecord row)
    {
        var luck = Philox.Uniform(seed, row.Number, 4, row.Granted);
        var state = luck switch { < 0.1 => TrialState.Failed, < 0.2 => TrialState.Diverged, < 0.25 => TrialState.Canceled, _ => TrialState.Paused };
        var reached = state == TrialState.Paused ? row.Granted : Math.Max(row.Resource, row.Granted - 1);
        row = row with { State = state, Resource = reached, RankResource = reached, Values = reached > 0 ? [Value(row.Number, reached)] : [] };
        _rows[row.Number] = row;
        foreach (var decision in Search.Observe(new TrialResult(row.Number, 0, state, row.Granted, reached, row.Values)))
        {
            Assert.True(Decisions.Add(decision));
            var paused = _rows[decision.Number];
            Assert.Equal(TrialState.Paused, paused.State);
            _rows[decision.Number] = decision.Kind switch
            {
                SearchDecisionKind.Promote => paused with { State = TrialState.Waiting, Granted = decision.Resource },
                SearchDecisionKind.Prune => paused with { State = TrialState.Pruned },
                _ => paused with { State = TrialState.Completed },
            };
        }
    }

    private double? Value(int number, int step) =>
        Philox.Uniform(seed, number, 6, step) is var u && u > 0.9 ? null : Math.Round(Philox.Uniform(seed, number, 7, step), 2);
}
