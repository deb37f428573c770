using Sweep.Search.Runs;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Tests.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Runs;

/// <summary><c>search.duplicates</c>, with every sampler: nothing that the sweep has, and nothing that an earlier one tried, is proposed again.</summary>
public sealed class DuplicatesTests
{
    private const string FiniteSpace = "  optimizer: { values: [sgd, adam] }\n  lr: { values: [0.1, 0.2, 0.3] }\n  task.batch_size: { values: [32, 64] }\n";

    /// <summary>Continuous for one optimizer; for the other two configurations.</summary>
    private const string PartlyFiniteSpace = "  optimizer: { values: [sgd, momentum] }\n  optimizer.momentum: { min: 0.5, max: 0.9, when: { optimizer: momentum } }\n  lr: { values: [0.1, 0.2] }\n";

    private const string ContinuousSpace = "  optimizer: sgd\n  lr: { min: 0.001, max: 1, distribution: log_uniform }\n  optimizer.weight_decay: { min: 0.0, max: 0.1 }\n";

    /// <summary>Settings that bring the models in early.</summary>
    private static readonly Dictionary<string, string> Samplers = new(StringComparer.Ordinal)
    {
        ["grid"] = "sampler: grid",
        ["grid, shuffled"] = "sampler: grid, order: shuffled",
        ["random"] = "sampler: random",
        ["sobol"] = "sampler: sobol",
        ["halton"] = "sampler: halton",
        ["tpe"] = "sampler: tpe, startup_trials: 3",
        ["cmaes"] = "sampler: cmaes, population: 4",
        ["gp"] = "sampler: gp, startup_trials: 3, candidates: 16",
        ["evolution"] = "sampler: evolution, population: 4, sample_size: 2",
        ["bohb"] = "sampler: bohb, min_points: 2",
        ["nsga2"] = "sampler: nsga2, population: 4",
    };

    public static TheoryData<string> All() => [.. Samplers.Keys];

    public static TheoryData<string> OfInfiniteSpaces() => [.. Samplers.Keys.Where(sampler => !sampler.StartsWith("grid", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(All))]
    public void FiniteSpace_MoreTrialsThanPoints_EachIsTriedOnceAndTheSweepEnds(string sampler)
    {
        var tried = Run(Spec(FiniteSpace, sampler, 40));
        Assert.Equal(12, tried.Count);
        Assert.Equal(12, tried.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(OfInfiniteSpaces))]
    public void InfiniteSpace_WithFiniteBranch_NothingComesTwice(string sampler)
    {
        var tried = Run(Spec(PartlyFiniteSpace, sampler, 40));
        Assert.Equal(40, tried.Count);
        Assert.Equal(40, tried.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(OfInfiniteSpaces))]
    public void InfiniteSpaceOfTwoNumbers_EndsWhenBothAreTried(string sampler) =>
        Assert.Equal(2, Run(Spec("  optimizer: sgd\n  lr: { min: 1, max: 1.0000000000000002 }\n", sampler, 10)).Count);

    [Theory]
    [MemberData(nameof(All))]
    public void GivenPoints_AreNotProposedAgain(string sampler)
    {
        foreach (var space in SpacesOf(sampler))
        {
            // Those that the sampler proposes by itself are the ones that it would propose again.
            var own = Run(Spec(space, sampler, 6));
            var spec = Spec(space + $"enqueue: [ {own[4].ToJson()}, {own[1].ToJson()}, {own[0].ToJson()} ]", sampler, 9);
            var tried = Run(spec);
            Assert.Equal([own[4], own[1], own[0]], tried.Take(3));
            Assert.Equal(9, tried.Distinct().Count());
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void WarmStart_WithTheSameSeed_ProposesNothingThatWasTried(string sampler)
    {
        foreach (var space in SpacesOf(sampler))
        {
            var earlier = Spec(space, sampler, 8);
            var before = Run(earlier);
            var keys = before.Skip(1).Select(configuration => earlier.Space.KeyOf(configuration));
            var later = Spec(space + $"warm_started: [ {before[0].ToJson()} ]\nwarm_tried: \"{string.Join(' ', keys)}\"", sampler, 9);
            var after = Run(later);
            Assert.Equal(before[0], after[0]);
            Assert.Equal(later.Space.IsFinite ? 12 - 7 : 9, after.Count);
            Assert.Equal(after.Count, after.Distinct().Count());
            Assert.Empty(after.Skip(1).Intersect(before));
        }
    }

    [Theory]
    [MemberData(nameof(OfInfiniteSpaces))]
    public void WarmStart_RebuiltFromHistory_ContinuesTheSame(string sampler)
    {
        var tried = string.Join(' ', Run(Spec(PartlyFiniteSpace, sampler, 8)).Select(Spec(PartlyFiniteSpace, sampler, 8).Space.KeyOf));
        var spec = Spec(PartlyFiniteSpace + $"warm_tried: \"{tried}\"", sampler, 20);
        AssertRebuilt(spec, Run(spec));
    }

    [Fact]
    public void WarmStart_OfAnUnlearnedSequence_ContinuesIt()
    {
        var spec = Spec(ContinuousSpace, "sobol", 12);
        var all = Run(spec);
        var later = Spec(ContinuousSpace + $"warm_tried: \"{string.Join(' ', all.Take(5).Select(spec.Space.KeyOf))}\"", "sobol", 7);
        Assert.Equal(all.Skip(5), Run(later));
    }

    [Theory]
    [MemberData(nameof(OfInfiniteSpaces))]
    public void Allowed_FiniteSpace_RepeatsAndIsRebuiltTheSame(string sampler)
    {
        var spec = Spec("  optimizer: { values: [sgd, adam] }\n  lr: 0.1\n", sampler, 12, ", duplicates: allow");
        var tried = Run(spec);
        Assert.Equal(12, tried.Count);
        Assert.InRange(tried.Distinct().Count(), 1, 2);
        Assert.Equal(tried, Run(spec));
        AssertRebuilt(spec, tried);
    }

    [Fact]
    public void Allowed_RandomInASpaceOfTwo_DrawsBothAgainAndAgain()
    {
        var tried = Run(Spec("  optimizer: { values: [sgd, adam] }\n  lr: 0.1\n", "random", 40, ", duplicates: allow"));
        Assert.All(tried.CountBy(configuration => configuration), count => Assert.InRange(count.Value, 10, 30));
    }

    [Fact]
    public void Allowed_Grid_HasEveryPointBesideThoseGiven()
    {
        const string Two = "  optimizer: { values: [sgd, adam] }\n  lr: 0.1\nenqueue: [ { optimizer: adam } ]";
        List<string> Of(string rule) => Run(TestSpecs.Valid(TestSpecs.With(Two, $"{{ sampler: grid{rule} }}"))).ConvertAll(c => c.Entries[0].Value.AsText);
        Assert.Equal(["adam", "sgd", "adam"], Of(", duplicates: allow"));
        Assert.Equal(["adam", "sgd"], Of(", duplicates: skip"));
        Assert.Equal(["adam", "sgd"], Of(""));
    }

    [Fact]
    public void Allowed_WhatWasTriedElsewhere_IsProposed() =>
        Assert.Equal(Run(Spec(ContinuousSpace, "random", 5)), Run(Spec(ContinuousSpace + TriedOf(5), "random", 5, ", duplicates: allow")));

    [Fact]
    public void More_OfASpaceWhosePointsWereTried_IsRefused()
    {
        var spec = Spec(FiniteSpace + "warm_tried: 0 3 7", "random", 9);
        Assert.Equal(9, Run(spec).Count);
        Assert.Contains("9 configurations to try", Assert.Throws<SweepException>(() => spec.Extended([1])).Message, StringComparison.Ordinal);
        Assert.Equal(30, Spec(FiniteSpace, "random", 20, ", duplicates: allow").Extended([10]).Search.Trials);
    }

    [Theory]
    [InlineData("duplicates: maybe", "")]
    [InlineData("duplicates: true", "")]
    [InlineData("duplicates: [skip]", "")]
    [InlineData("duplicates: skip", "warm_tried: [1, 2]")]
    [InlineData("duplicates: skip", "warm_tried: -1")]
    [InlineData("duplicates: skip", "warm_tried: 1 x")]
    [InlineData("duplicates: skip", "warm_tried: 12")]
    [InlineData("duplicates: skip", "warm_tried: 99999999999999999999999")]
    [InlineData("duplicates: skip", "warm_tried: 0 1 2 3 4 5 6 7 8 9 10 11")]
    public void BadValues_AreOneErrorEach(string rule, string section) =>
        Assert.Single(TestSpecs.Read(TestSpecs.With(FiniteSpace + section, $"{{ sampler: random, trials: 4, {rule} }}")).Errors);

    private static string TriedOf(int trials)
    {
        var spec = Spec(ContinuousSpace, "random", trials);
        return $"warm_tried: \"{string.Join(' ', Run(spec).Select(spec.Space.KeyOf))}\"";
    }

    private static IEnumerable<string> SpacesOf(string sampler) =>
        sampler.StartsWith("grid", StringComparison.Ordinal) ? [FiniteSpace] : [FiniteSpace, PartlyFiniteSpace, ContinuousSpace];

    private static SweepSpec Spec(string parameters, string sampler, int trials, string more = "") =>
        TestSpecs.Valid(TestSpecs.With(parameters, $"{{ {Samplers[sampler]}, trials: {trials}, seed: 3, parallel: 2{more} }}"));

    private static void AssertRebuilt(SweepSpec spec, List<Configuration> tried)
    {
        foreach (var crash in new[] { 1, tried.Count / 2, tried.Count - 1 })
        {
            Assert.Equal(tried, Run(spec, tried[..crash]));
        }
    }

    /// <summary>All configurations of a sweep whose every trial is trained to the full; the existing ones are not suggested again.</summary>
    private static List<Configuration> Run(SweepSpec spec, List<Configuration>? existing = null)
    {
        var search = new SweepSearch(spec);
        List<Configuration> tried = [.. existing ?? []];
        if (existing is not null)
        {
            search.Restore(existing);
        }

        for (var done = 0; ; done++)
        {
            tried.AddRange(search.Suggest(2).Select(suggestion => suggestion.Configuration));
            if (done == tried.Count)
            {
                Assert.True(search.IsFinished);
                return tried;
            }

            search.Observe(new TrialResult(done, 0, TrialState.Completed, 9, 9, [Value(tried[done])]));
        }
    }

    private static double Value(Configuration configuration) => configuration.Entries.Sum(entry => entry.Value.Kind switch
    {
        ValueKind.Real => Math.Abs(entry.Value.AsReal - 0.3),
        ValueKind.Integer => entry.Value.AsInteger / 100.0,
        _ => entry.Value.ToString().Length / 10.0,
    });
}
