using FsCheck;
using FsCheck.Fluent;
using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Percentile;
using Sweep.Search.Randomness;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Pruners;

public sealed class PercentilePrunerTests
{
    /// <summary>
    /// Five finished trials of four epochs, to be maximized. At step 2 they reported 4 2 6 8 5 (median 5, of the better quarter the last
    /// is 6), their averages up to it are 2.5 3 4 4.5 7 (median 4, quarter 4.5). For the raw values Optuna 3.1 says the same:
    /// tests/reference/pruners_optuna.py.
    /// </summary>
    private static readonly double[][] Others = [[1, 4, 9, 9], [4, 2, 9, 9], [2, 6, 9, 9], [1, 8, 9, 9], [9, 5, 9, 9]];

    [Theory]
    [InlineData(50, false, 3.9, "Prune 2")]
    [InlineData(50, false, 4.0, "Promote 3")] // strictly worse only
    [InlineData(50, true, 4.9, "Prune 2")]
    [InlineData(50, true, 5.0, "Promote 3")]
    [InlineData(25, false, 4.4, "Prune 2")]
    [InlineData(25, false, 4.5, "Promote 3")]
    [InlineData(25, true, 5.9, "Prune 2")]
    [InlineData(25, true, 6.0, "Promote 3")]
    public void Variants_OnOneFixture(double percentile, bool isRaw, double value, string expected)
    {
        foreach (var goal in new[] { ObjectiveGoal.Maximize, ObjectiveGoal.Minimize })
        {
            var sign = goal == ObjectiveGoal.Maximize ? 1 : -1;
            var pruner = WithOthers(new PercentileOptions(4, percentile, isRaw, 0, 1, 5), goal, sign);

            // The best so far counts, be it the first value or the second.
            Assert.Equal(expected, Rest(pruner, 10, 2, sign * value, sign * -3));
            Assert.Equal(expected, Rest(pruner, 11, 2, sign * -3, sign * value));
        }
    }

    [Fact]
    public void TrialWithoutAnyValue_IsWorseThanAll()
    {
        var pruner = WithOthers(new PercentileOptions(4, 50, false, 0, 1, 5), ObjectiveGoal.Maximize, 1);
        Assert.Equal("Prune 2", Rest(pruner, 10, 2, null, double.NaN));
        Assert.Equal("Promote 3", Rest(pruner, 11, 2, null, 9));
    }

    [Fact]
    public void FewerTrialsThanTheMinimum_StopNobody() =>
        Assert.Equal("Promote 3", Rest(WithOthers(new PercentileOptions(4, 50, false, 0, 1, 6), ObjectiveGoal.Maximize, 1), 10, 2, -9, -9));

    [Fact]
    public void WarmupAndInterval_SayWhereItLooks()
    {
        Assert.Equal([5, 8], new PercentilePruner(new PercentileOptions(10, 50, false, 2, 3, 1), ObjectiveGoal.Maximize).CheckSteps);
        Assert.Equal([1, 2, 3], new PercentilePruner(new PercentileOptions(4, 50, false, 0, 1, 1), ObjectiveGoal.Maximize).CheckSteps);
        Assert.Equal(4, new PercentilePruner(new PercentileOptions(4, 50, false, 9, 1, 1), ObjectiveGoal.Maximize).Enter(0, 4));
    }

    [Fact]
    public void EndedByItsOwnTarget_CountsWithItsLastValueFromThereOn()
    {
        var pruner = new PercentilePruner(new PercentileOptions(9, 50, false, 0, 4, 1), ObjectiveGoal.Maximize);
        pruner.Enter(0, 9);
        Finish(pruner, 0, 2, 1, 5); // 1, 5, then 5, 5: the average at 4 is 4
        Assert.Equal("Prune 4", Rest(pruner, 1, 4, 0, 0, 0, 3.9));
        Assert.Equal("Promote 8", Rest(pruner, 2, 4, 0, 0, 0, 4));
    }

    /// <summary>The tree of the best agrees with sorting and interpolating as NumPy's percentile does.</summary>
    [Fact]
    public void Threshold_IsThatOfASortedList() => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
    {
        var percentile = 1 + (seed % 98);
        var pruner = new PercentilePruner(new PercentileOptions(2, percentile, true, 0, 1, 1), ObjectiveGoal.Minimize);
        var seen = new List<double>();
        for (var number = 0; number < 40; number++)
        {
            var value = Math.Round(Philox.Uniform(seed, number, 1, 1), 1);
            if (seen.Count > 0)
            {
                var sorted = seen.Order().ToList();
                var position = percentile / 100.0 * (sorted.Count - 1);
                var (low, high) = (sorted[(int)position], sorted[Math.Min((int)position + 1, sorted.Count - 1)]);
                var limit = low + ((high - low) * (position - (int)position));
                if (Math.Abs(limit - value) > 1e-9)
                {
                    Assert.Equal(value > limit ? "Prune 1" : "Promote 2", Rest(pruner, 1000 + number, 1, value));
                }
            }

            Finish(pruner, number, 2, value, 0);
            seen.Add(value);
        }
    }).QuickCheckThrowOnFailure();

    private static PercentilePruner WithOthers(PercentileOptions spec, ObjectiveGoal goal, int sign)
    {
        var pruner = new PercentilePruner(spec, goal);
        for (var number = 0; number < Others.Length; number++)
        {
            Finish(pruner, number, 4, [.. Others[number].Select(value => (double?)(sign * value))]);
        }

        return pruner;
    }

    private static void Finish(PercentilePruner pruner, int number, int granted, params double?[] curve) =>
        pruner.Observe(new TrialResult(number, 0, TrialState.Completed, granted, curve.Length, [curve[^1]]) { Curve = curve }, []);

    private static string Rest(PercentilePruner pruner, int number, int step, params double?[] curve)
    {
        var decisions = new List<SearchDecision>();
        pruner.Observe(new TrialResult(number, 0, TrialState.Paused, step, step, [curve[^1]]) { Curve = curve }, decisions);
        return string.Join(',', decisions.Select(d => $"{d.Kind} {d.Resource}"));
    }
}
