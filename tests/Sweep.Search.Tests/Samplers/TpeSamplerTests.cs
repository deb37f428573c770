using Sweep.Search.Functions;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Samplers.Tpe;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Samplers;

public class TpeSamplerTests
{
    [Theory]
    [InlineData("branin")]
    [InlineData("hartmann6")]
    [InlineData("mixed_conditional")]
    public void Tpe_OverTwentySeeds_BeatsRandom(string name)
    {
        var function = BuiltInFunctions.Find(name)!;
        var tpe = Enumerable.Range(0, 20).Select(seed => Runs.Best(new TpeOptions(), function, 100, seed)).ToArray();
        var random = Enumerable.Range(0, 20).Select(seed => Runs.Best(new RandomOptions(), function, 100, seed)).ToArray();
        var p = Runs.MannWhitney(tpe, random);
        Assert.True(p < 0.05, $"{name}: p {p}, TPE {tpe.Average()}, random {random.Average()}");
    }

    [Fact]
    public void Thinning_KeepsTheNewest_AndTheRestEvenly_AndTheWholeWeight()
    {
        var all = TpeSets.Thin(TpeSets.Most);
        Assert.Equal(Enumerable.Range(0, 1000), all.Select(k => k.Index));
        var kept = TpeSets.Thin(5000);
        Assert.Equal(1000, kept.Length);
        Assert.Equal(Enumerable.Range(4975, 25), kept[^25..].Select(k => k.Index));
        Assert.All(kept[..^1].Zip(kept[1..]), pair => Assert.InRange(pair.Second.Index - pair.First.Index, 1, 6));
        var whole = Enumerable.Range(0, 5000).Sum(i => TpeSets.Weight(i, 5000));
        Assert.Equal(whole, kept.Sum(k => k.Weight), whole * 1e-3);
    }

    [Fact]
    public void FailedTrials_AreBad_AndTheirRegionIsLeft()
    {
        // Everything below 0.5 fails.
        var space = TestSpaces.Of(TestSpaces.Uniform("x", 0, 1));
        var sampler = new TpeSampler(new TpeOptions(), space, [ObjectiveGoal.Minimize], 3);
        var failures = 0;
        for (var number = 0; number < 60; number++)
        {
            var x = sampler.Suggest(number)!.Entries[0].Value.AsReal;
            failures += number >= 30 && x < 0.5 ? 1 : 0;
            sampler.Update(x < 0.5
                ? new(number, 0, TrialState.Diverged, 1, 0, [])
                : Runs.Completed(number, Math.Abs(x - 0.7)));
        }

        Assert.True(failures <= 4, $"{failures} of 30 failed");
    }

    [Fact]
    public void ConstantLiar_WithManyPending_SpreadsThem()
    {
        double Spread(bool liar)
        {
            var sampler = new TpeSampler(new TpeOptions { ConstantLiar = liar }, TestSpaces.Of(TestSpaces.Uniform("x", 0, 1)), [ObjectiveGoal.Minimize], 1);
            for (var number = 0; number < 20; number++)
            {
                var x = sampler.Suggest(number)!.Entries[0].Value.AsReal;
                sampler.Update(Runs.Completed(number, Math.Abs(x - 0.5)));
            }

            var pending = Enumerable.Range(20, 16).Select(number => sampler.Suggest(number)!.Entries[0].Value.AsReal).ToArray();
            return pending.Max() - pending.Min();
        }

        Assert.True(Spread(liar: true) > 1.5 * Spread(liar: false), $"{Spread(true)} {Spread(false)}");
    }
}
