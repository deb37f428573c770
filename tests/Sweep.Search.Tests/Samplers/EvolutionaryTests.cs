using Sweep.Search.Functions;
using Sweep.Search.Ranking;
using Sweep.Search.Samplers;
using Sweep.Search.Samplers.Evolution;
using Sweep.Search.Samplers.Nsga2;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Samplers.Tpe;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Samplers;

public class EvolutionaryTests
{
    private static readonly ObjectiveGoal[] Two = [ObjectiveGoal.Minimize, ObjectiveGoal.Maximize];

    [Theory]
    [InlineData("hartmann6")]
    [InlineData("mixed_conditional")]
    public void Evolution_OverTwentySeeds_BeatsRandom(string name)
    {
        var function = BuiltInFunctions.Find(name)!;
        var evolution = Enumerable.Range(0, 20).Select(seed => Runs.Best(new EvolutionOptions(), function, 150, seed)).ToArray();
        var random = Enumerable.Range(0, 20).Select(seed => Runs.Best(new RandomOptions(), function, 150, seed)).ToArray();
        var p = Runs.MannWhitney(evolution, random);
        Assert.True(p < 0.05, $"{name}: p {p}, evolution {evolution.Average()}, random {random.Average()}");
    }

    [Fact]
    public void Child_DiffersFromALivingParentInOneParameter_AndTheOldestAreDead()
    {
        var space = TestSpaces.Of(TestSpaces.Uniform("x", 0, 1), TestSpaces.Choice("c", "a", "b", "d"), TestSpaces.Whole("n", 0, 9));
        var sampler = new EvolutionSampler(new EvolutionOptions { Population = 6, SampleSize = 3 }, space, ObjectiveGoal.Minimize, 1);
        var made = new List<Configuration>();
        for (var number = 0; number < 40; number++)
        {
            var child = sampler.Suggest(number)!;
            if (number >= 6)
            {
                Assert.Contains(made[^6..], parent => parent.Entries.Zip(child.Entries).Count(pair => !pair.First.Value.Equals(pair.Second.Value)) == 1);
            }

            made.Add(child);

            // The oldest are the best: without ageing they would be parents for ever.
            sampler.Update(Runs.Completed(number, number));
        }
    }

    [Fact]
    public void Nsga2_OnTwoObjectives_CoversMoreThanRandom()
    {
        // ZDT1 (Zitzler, Deb and Thiele 2000) in six dimensions, the second objective negated and maximized.
        var space = TestSpaces.Box(6);
        var nsga = Enumerable.Range(0, 8).Select(seed => Volume(new Nsga2Options { Population = 20 }, space, seed)).ToArray();
        var tpe = Enumerable.Range(0, 8).Select(seed => Volume(new TpeOptions(), space, seed)).ToArray();
        var random = Enumerable.Range(0, 8).Select(seed => Volume(new RandomOptions(), space, seed)).ToArray();
        Assert.True(Runs.MannWhitney(random, nsga) < 0.05, $"NSGA-II {nsga.Average()}, random {random.Average()}");
        Assert.True(Runs.MannWhitney(random, tpe) < 0.05, $"TPE {tpe.Average()}, random {random.Average()}");
    }

    [Fact]
    public void ParetoOrder_PutsTrialsWithoutAValueNowhere_AndCompleteOnesFirst()
    {
        var space = TestSpaces.Box(1);
        var observations = new Observations(space, Two);
        var random = new RandomSampler(space, 1);
        for (var number = 0; number < 5; number++)
        {
            observations.Add(number, random.Suggest(number)!);
        }

        observations.Update(Runs.Completed(0, 2, 1));
        observations.Update(Runs.Completed(1, 1, 2));
        observations.Update(Runs.Completed(2, 1, null));
        observations.Update(new(3, 0, TrialState.Pruned, 1, 1, [0.1, 9]));
        Assert.Equal([1, 0, 3], ParetoOrder.Best(observations.Trials, 5).Select(t => t.Number));
    }

    /// <summary>The area that the non-dominated values enclose with (1, 6).</summary>
    private static double Volume(SamplerOptions spec, Space space, long seed)
    {
        var sampler = spec.Create(space, Two, seed);
        var losses = new List<double[]>();
        for (var number = 0; number < 200; number++)
        {
            var x = sampler.Suggest(number)!.Entries.Select(e => e.Value.AsReal).ToArray();
            var g = 1 + (9 * x[1..].Average());
            var second = g * (1 - Math.Sqrt(x[0] / g));
            losses.Add([x[0], second]);
            sampler.Update(Runs.Completed(number, x[0], -second));
        }

        var (area, height) = (0.0, 6.0);
        foreach (var index in ParetoFronts.Of(losses)[0].OrderBy(i => losses[i][0]))
        {
            area += Math.Max(0, 1 - losses[index][0]) * Math.Max(0, height - losses[index][1]);
            height = Math.Min(height, losses[index][1]);
        }

        return area;
    }
}
