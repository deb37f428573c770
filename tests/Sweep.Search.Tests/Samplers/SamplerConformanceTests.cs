using Sweep.Search.Randomness;
using Sweep.Search.Runs;
using Sweep.Search.Samplers;
using Sweep.Search.Samplers.Bohb;
using Sweep.Search.Samplers.Cmaes;
using Sweep.Search.Samplers.Evolution;
using Sweep.Search.Samplers.Gp;
using Sweep.Search.Samplers.Halton;
using Sweep.Search.Samplers.Nsga2;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Samplers.Sobol;
using Sweep.Search.Samplers.Tpe;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Samplers;

/// <summary>What every sampler has to do.</summary>
public class SamplerConformanceTests
{
    private const int Trials = 40;

    private static readonly ObjectiveGoal[] Minimize = [ObjectiveGoal.Minimize];

    private static readonly Dictionary<string, SamplerOptions> Specs = new()
    {
        ["random"] = new RandomOptions(),
        ["sobol"] = new SobolOptions(),
        ["halton"] = new HaltonOptions(),
        ["tpe"] = new TpeOptions(),
        ["tpe, independent"] = new TpeOptions { Multivariate = false, Group = false, ConstantLiar = false },
        ["tpe, not grouped"] = new TpeOptions { Group = false, MagicClip = false },
        ["evolution"] = new EvolutionOptions { Population = 8, SampleSize = 3 },
        ["bohb"] = new BohbOptions(),
        ["nsga2"] = new Nsga2Options { Population = 8 },
        ["gp"] = new GpOptions { Candidates = 16 },
        ["cmaes"] = new CmaesOptions(),
        ["cmaes, small population"] = new CmaesOptions { Population = 3, Sigma = 0.5 },
    };

    private static readonly Dictionary<string, Func<Space>> Spaces = new()
    {
        ["conditional"] = TestSpaces.Conditional,
        ["finite"] = TestSpaces.Finite,
        ["constant"] = TestSpaces.Constant,
        ["box"] = () => TestSpaces.Box(3),
        ["mixed"] = () => TestSpaces.Of(TestSpaces.Whole("n", 1, 5), TestSpaces.Log("lr", 1e-5, 1), TestSpaces.Choice("c", "a", "b")),
    };

    public static TheoryData<string> Samplers() => [.. Specs.Keys];

    public static TheoryData<string, string> SamplersAndSpaces()
    {
        var data = new TheoryData<string, string>();
        foreach (var sampler in Specs.Keys)
        {
            foreach (var space in Spaces.Keys)
            {
                data.Add(sampler, space);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(SamplersAndSpaces))]
    public void Suggestions_WithGoodAndBadResults_AreInTheSpace_AndOnceOnlyIfItIsFinite(string sampler, string spaceName)
    {
        var space = Spaces[spaceName]();
        var suggestions = Live(Specs[sampler], space, Minimize, Trials).Suggestions;
        Assert.Equal(space.Size is { } size ? (int)size : Trials, suggestions.Count);
        Assert.All(suggestions, c => Assert.True(space.Contains(c), c.ToJson()));
        if (space.IsFinite)
        {
            Assert.Equal(suggestions.Count, suggestions.Distinct().Count());
        }
    }

    [Theory]
    [MemberData(nameof(SamplersAndSpaces))]
    public void Suggestions_OfEqualSeedsAndResults_AreEqual_AndOfOtherSeedsNot(string sampler, string spaceName)
    {
        var first = Live(Specs[sampler], Spaces[spaceName](), Minimize, Trials).Suggestions;
        Assert.Equal(first, Live(Specs[sampler], Spaces[spaceName](), Minimize, Trials).Suggestions);
        if (spaceName != "constant")
        {
            Assert.NotEqual(first, Live(Specs[sampler], Spaces[spaceName](), Minimize, Trials, seed: 2).Suggestions);
        }
    }

    [Theory]
    [MemberData(nameof(SamplersAndSpaces))]
    public void RebuiltFromHistory_AtAnyTime_GoesOnAsIfNothingHadHappened(string sampler, string spaceName)
    {
        var live = Live(Specs[sampler], Spaces[spaceName](), Minimize, Trials);
        foreach (var crash in new[] { 13, 30 })
        {
            Assert.Equal(live.Suggestions, Live(Specs[sampler], Spaces[spaceName](), Minimize, Trials, restored: live.Suggestions, upTo: crash).Suggestions);
        }
    }

    [Theory]
    [MemberData(nameof(SamplersAndSpaces))]
    public void Maximizing_TheNegative_GivesTheSame(string sampler, string spaceName)
    {
        var down = Live(Specs[sampler], Spaces[spaceName](), Minimize, Trials);
        var up = Live(Specs[sampler], Spaces[spaceName](), [ObjectiveGoal.Maximize], Trials, sign: -1);
        Assert.Equal(down.Suggestions, up.Suggestions);
    }

    [Theory]
    [MemberData(nameof(SamplersAndSpaces))]
    public void WhenEverythingFails_SuggestionsGoOn(string sampler, string spaceName)
    {
        var space = Spaces[spaceName]();
        var subject = Specs[sampler].Create(space, Minimize, 1);
        for (var number = 0; number < 30 && subject.Suggest(number) is { } configuration; number++)
        {
            Assert.True(space.Contains(configuration));
            subject.Update((number % 4) switch
            {
                0 => new TrialResult(number, 0, TrialState.Failed, 1, 0, []),
                1 => Runs.Completed(number, double.NaN),
                2 => Runs.Completed(number, [null]),
                _ => new TrialResult(number, 0, TrialState.Diverged, 1, 0, []),
            });
        }
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void EqualInfiniteAndHugeValues_AreBorne(string sampler)
    {
        double[] values = [1, 1, 1e300, -1e300, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, 5e-324];
        foreach (var space in Spaces.Values)
        {
            foreach (var repeat in new[] { 1, values.Length })
            {
                var subject = Specs[sampler].Create(space(), Minimize, 1);
                for (var number = 0; number < 30 && subject.Suggest(number) is not null; number++)
                {
                    subject.Update(Runs.Completed(number, values[number % repeat]));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void AResult_TwiceOrAfterTheEnd_ChangesNothing(string sampler)
    {
        var space = Spaces["mixed"]();
        var once = Specs[sampler].Create(space, Minimize, 1);
        var twice = Specs[sampler].Create(space, Minimize, 1);
        for (var number = 0; number < 40; number++)
        {
            var configuration = once.Suggest(number)!;
            Assert.Equal(configuration, twice.Suggest(number));
            var value = Value(configuration);
            once.Update(new TrialResult(number, 0, TrialState.Paused, 1, 1, [value + 1]));
            once.Update(new TrialResult(number, 0, TrialState.Completed, 3, 3, [value]));
            for (var i = 0; i < 2; i++)
            {
                twice.Update(new TrialResult(number, 0, TrialState.Paused, 1, 1, [value + 1]));
            }

            for (var i = 0; i < 2; i++)
            {
                twice.Update(new TrialResult(number, 0, TrialState.Completed, 3, 3, [value]));
                twice.Update(new TrialResult(number, 0, TrialState.Canceled, 3, 3, [value - 5]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void GivenPoints_InAndOutsideOfTheSpace_AreTaken(string sampler)
    {
        var space = Spaces["finite"]();
        var subject = Specs[sampler].Create(space, Minimize, 1);
        var given = space.At(5);
        subject.Restore(0, given);
        subject.Restore(1, new Configuration([new("elsewhere", ParameterValue.Of(1L))]));
        subject.Update(Runs.Completed(0, 1));
        subject.Update(Runs.Completed(1, 1));
        var rest = new List<Configuration>();
        while (subject.Suggest(2 + rest.Count) is { } configuration)
        {
            subject.Update(Runs.Completed(2 + rest.Count, Value(configuration)));
            rest.Add(configuration);
        }

        Assert.Equal((int)space.Size!.Value - 1, rest.Count);
        Assert.DoesNotContain(given, rest);
    }

    /// <summary>Up to four trials at once; results come in no order, with some failures among them.</summary>
    private static (List<Configuration> Suggestions, ISampler Sampler) Live(
        SamplerOptions spec, Space space, ObjectiveGoal[] goals, int trials, long seed = 1, int sign = 1, List<Configuration>? restored = null, int upTo = 0)
    {
        var sampler = spec.Create(space, goals, seed);
        var suggestions = new List<Configuration>();
        var running = new List<int>();
        for (var number = 0; number < trials; number++)
        {
            Configuration? configuration;
            if (restored is not null && number < Math.Min(upTo, restored.Count))
            {
                configuration = restored[number];
                sampler.Restore(number, configuration);
            }
            else
            {
                configuration = sampler.Suggest(number);
            }

            if (configuration is null)
            {
                break;
            }

            suggestions.Add(configuration);
            running.Add(number);
            if (running.Count == 4)
            {
                var at = (int)(Philox.Bits(99, number, 0, 0) % 4);
                var done = running[at];
                running.RemoveAt(at);
                sampler.Update((done % 9) switch
                {
                    3 => new TrialResult(done, 0, TrialState.Failed, 9, 2, []),
                    5 => new TrialResult(done, 0, TrialState.Pruned, 9, 3, [.. goals.Select(_ => (double?)(sign * Value(suggestions[done])))]),
                    7 => new TrialResult(done, 0, TrialState.Canceled, 9, 0, []),
                    _ => new TrialResult(done, 0, TrialState.Completed, 9, 9, [.. goals.Select(_ => (double?)(sign * Value(suggestions[done])))]),
                });
            }
        }

        return (suggestions, sampler);
    }

    private static double Value(Configuration configuration)
    {
        var sum = 0.0;
        foreach (var (_, value) in configuration.Entries)
        {
            sum += value.Kind switch
            {
                ValueKind.Real => Math.Abs(value.AsReal - 0.3),
                ValueKind.Integer => Math.Abs(value.AsInteger - 3) / 10.0,
                _ => value.ToString().Length / 10.0,
            };
        }

        return sum;
    }
}
