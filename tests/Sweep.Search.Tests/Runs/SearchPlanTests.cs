using Sweep.Search.Runs;
using Sweep.Search.Tests.Spec;

namespace Sweep.Search.Tests.Runs;

public sealed class SearchPlanTests
{
    [Fact]
    public void Of_Halving_CountsEachRung()
    {
        var plan = SearchPlan.Of(TestSpecs.Valid(TestSpecs.Example));
        Assert.Equal("27@3 9@9", Rungs(Assert.Single(plan.Brackets)));
        Assert.Equal(((27 * 3) + (9 * 6), 27 * 9, true), (plan.Epochs, plan.FullEpochs, plan.IsExact));
        Assert.Null(plan.SpaceSize);
    }

    // Li et al. (2018), algorithm 1, R = 81, η = 3.
    [Fact]
    public void Of_Hyperband_IsTheTableOfThePaper()
    {
        var plan = Of("{ sampler: random, trials: 286, pruner: { type: hyperband } }", 81);
        Assert.Equal(
            ["s=4: 81@1 27@3 9@9 3@27 1@81", "s=3: 34@3 11@9 3@27 1@81", "s=2: 15@9 5@27 1@81", "s=1: 8@27 2@81", "s=0: 5@81"],
            plan.Brackets.Select(bracket => $"{bracket.Name}: {Rungs(bracket)}"));
        Assert.Equal([2, 2, 2, 2, 2], plan.Brackets.Select(bracket => bracket.Repeats));
        Assert.Equal(plan.Brackets.Sum(bracket => bracket.Epochs), plan.Epochs);
        Assert.Equal(2 * (81 + (27 * 2) + (9 * 6) + (3 * 18) + 54), plan.Brackets[0].Epochs);
    }

    [Theory]
    [InlineData("{ sampler: random, trials: 10 }", 90, true)]
    [InlineData("{ sampler: random, trials: 10, pruner: { type: median } }", 90, false)]
    [InlineData("{ sampler: random, trials: 10, pruner: { type: patience, epochs: 2 } }", 90, false)]
    [InlineData("{ sampler: random, trials: 9, pruner: { type: asha } }", 9 + (3 * 2) + 6, false)]
    public void Of_OtherPruners_IsAnUpperBound(string search, int epochs, bool isExact)
    {
        var plan = Of(search, 9);
        Assert.Equal((epochs, isExact), (plan.Epochs, plan.IsExact));
    }

    [Fact]
    public void Of_ReplicatesAndBudget_Count()
    {
        var spec = TestSpecs.Valid(TestSpecs.With("  optimizer: sgd\n  lr: { values: [0.1, 0.2] }", "{ sampler: grid }") + "\nreplicates: 3\nbudget: { epochs: 40 }");
        var plan = SearchPlan.Of(spec);
        Assert.Equal((2, 2, 3, 40, 54, false), ((int)plan.SpaceSize!.Value, plan.Trials, plan.Replicates, plan.Epochs, plan.FullEpochs, plan.IsExact));
    }

    [Fact]
    public void Of_Extended_HasABracketForEach()
    {
        var plan = SearchPlan.Of(TestSpecs.Valid(TestSpecs.Example).Extended([9, 3]));
        Assert.Equal(["27@3 9@9", "9@3 3@9", "3@3 1@9"], plan.Brackets.Select(Rungs));
    }

    [Fact]
    public void Extended_BeyondTheSpace_IsRefused()
    {
        var spec = TestSpecs.Valid(TestSpecs.With("  optimizer: sgd\n  lr: { values: [0.1, 0.2] }", "{ sampler: grid }"));
        Assert.Contains("its space has 2 configurations", Assert.Throws<SweepException>(() => spec.Extended([1])).Message, StringComparison.Ordinal);
    }

    private static SearchPlan Of(string search, int epochs) => SearchPlan.Of(TestSpecs.Valid(TestSpecs.With(
        "  optimizer: sgd\n  lr: { min: 0.1, max: 1 }", search, $"{{ dataset: mnist, model: mlp, hidden: [16], epochs: {epochs} }}")));

    private static string Rungs(PlannedBracket bracket) => string.Join(' ', bracket.Sizes.Zip(bracket.Rungs, (size, rung) => $"{size}@{rung}"));
}
