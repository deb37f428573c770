using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Rules;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Pruners;

public sealed class OwnRulesTests
{
    [Theory]
    [InlineData(ObjectiveGoal.Maximize, 1)]
    [InlineData(ObjectiveGoal.Minimize, -1)]
    public void Target_EndsAtOrBeyondIt(ObjectiveGoal goal, int sign)
    {
        var rules = new OwnRules(OwnRulesSpec.None with { Target = new TargetSpec(sign * 0.9) }, goal);
        Assert.Null(rules.After(1, sign * 0.89));
        Assert.Null(rules.After(2, null));
        Assert.Null(rules.After(3, double.NaN));
        Assert.Equal(TrialState.Completed, rules.After(4, sign * 0.9)!.State);
    }

    [Fact]
    public void Patience_CountsEpochsSinceTheBest()
    {
        var rules = new OwnRules(OwnRulesSpec.None with { Patience = new PatienceSpec(2, 0.1) }, ObjectiveGoal.Minimize);
        Assert.Null(rules.After(1, 1.0));
        Assert.Null(rules.After(2, 0.95)); // not better by more than 0.1
        Assert.Null(rules.After(2, 0.85));
        Assert.Null(rules.After(3, 0.80));
        Assert.Equal((TrialState.Completed, "no better for 2 epochs"), (rules.After(4, 0.9) is { } end ? (end.State, end.Reason) : default));
    }

    [Fact]
    public void Patience_WithoutAnyValue_EndsToo()
    {
        var rules = new OwnRules(OwnRulesSpec.None with { Patience = new PatienceSpec(3, 0) }, ObjectiveGoal.Maximize);
        Assert.Null(rules.After(1, null));
        Assert.Null(rules.After(2, null));
        Assert.NotNull(rules.After(3, double.NaN));
    }

    [Theory]
    [InlineData(2, 0.4, null)] // warm-up
    [InlineData(3, 0.4, "0.4 is below the threshold 0.5 in epoch 3")]
    [InlineData(3, 0.5, null)]
    [InlineData(3, 2.0, null)]
    [InlineData(3, 2.5, "2.5 is above the threshold 2 in epoch 3")]
    [InlineData(3, double.NaN, "no value in epoch 3")]
    public void Threshold_PrunesOutside(int step, double value, string? expected)
    {
        var verdict = new OwnRules(OwnRulesSpec.None with { Threshold = new ThresholdSpec(0.5, 2, 2) }, ObjectiveGoal.Maximize).After(step, value);
        Assert.Equal(expected, verdict?.Reason);
        Assert.True(verdict is null || verdict.State == TrialState.Pruned);
    }
}
