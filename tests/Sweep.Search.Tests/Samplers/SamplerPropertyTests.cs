using FsCheck;
using FsCheck.Fluent;
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
using Sweep.Search.Tests.Spaces;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Samplers;

/// <summary>Any valid space and any history: every sampler.</summary>
public sealed class SamplerPropertyTests
{
    private const int Trials = 30;

    private static readonly ObjectiveGoal[] Goals = [ObjectiveGoal.Minimize];

    /// <summary>Settings that bring the models in early.</summary>
    private static readonly Dictionary<string, SamplerOptions> Specs = new(StringComparer.Ordinal)
    {
        ["random"] = new RandomOptions(),
        ["sobol"] = new SobolOptions(),
        ["halton"] = new HaltonOptions(),
        ["tpe"] = new TpeOptions { StartupTrials = 3 },
        ["tpe scott"] = new TpeOptions { StartupTrials = 3, Bandwidth = TpeBandwidth.Scott, Group = false },
        ["tpe independent"] = new TpeOptions { StartupTrials = 3, Multivariate = false, Group = false },
        ["cmaes"] = new CmaesOptions { Population = 4 },
        ["gp"] = new GpOptions { StartupTrials = 3, Candidates = 8 },
        ["evolution"] = new EvolutionOptions { Population = 4, SampleSize = 2 },
        ["bohb"] = new BohbOptions { MinPoints = 2, Candidates = 8 },
        ["nsga2"] = new Nsga2Options { Population = 4 },
    };

    public static TheoryData<string> All() => [.. Specs.Keys];

    public static TheoryData<string> WithoutMemoryOfOrder() => [.. Specs.Keys.Where(name => name is not ("cmaes" or "nsga2"))];

    [Theory]
    [MemberData(nameof(All))]
    public void AnySpaceAndHistory_SuggestionsAreInTheSpace_AndOnceOnlyIfItIsFinite(string name) => Check(name, seed =>
    {
        var space = RandomSpaces.Make(seed, finite: seed % 2 == 0);
        var history = new History(seed, space, Specs[name]);
        history.Run(Trials);
        Assert.All(history.Suggested, c => Assert.True(space.Contains(c), c.ToJson()));
        if (space.Size is { } size)
        {
            Assert.Equal(history.Suggested.Count, history.Suggested.Distinct().Count());
            Assert.Equal((int)System.Numerics.BigInteger.Min(size, Trials), history.Suggested.Count);
        }
    });

    [Theory]
    [MemberData(nameof(All))]
    public void AFiniteSpace_IsUsedUpExactly(string name) => Check(name, seed =>
    {
        var space = RandomSpaces.Make(seed, finite: true);
        if (space.Size > 80)
        {
            return;
        }

        var history = new History(seed, space, Specs[name]);
        history.Run(100);
        Assert.True(history.Suggested.ToHashSet().SetEquals(space.Points()));
        Assert.Null(history.Sampler.Suggest(history.Suggested.Count));
    });

    [Theory]
    [MemberData(nameof(All))]
    public void Rebuilt_FromTheSameHistory_GoesOnTheSame(string name) => Check(name, seed =>
    {
        var space = RandomSpaces.Make(seed, finite: seed % 2 == 0);
        var live = new History(seed, space, Specs[name]);
        live.Run(Trials);
        var rebuilt = new History(seed, space, Specs[name]);
        rebuilt.Run(Trials, live.Suggested[..(seed % (live.Suggested.Count + 1))]);
        Assert.Equal(live.Suggested, rebuilt.Suggested);
    });

    [Theory]
    [MemberData(nameof(WithoutMemoryOfOrder))]
    public void TheOrderOfResults_LeavesNoTrace(string name) => Check(name, seed =>
    {
        var space = RandomSpaces.Make(seed, finite: false);
        List<Configuration?> Next(bool shuffled)
        {
            var sampler = Specs[name].Create(space, Goals, seed);
            var random = new RandomSampler(space, seed + 1);
            var results = Enumerable.Range(0, 12).ToList();
            foreach (var number in results)
            {
                // What random draws gave is what the file may give as well.
                if (random.Suggest(number) is { } configuration)
                {
                    sampler.Restore(number, configuration);
                }
            }

            foreach (var number in shuffled ? results.OrderBy(n => Philox.Bits(seed, n, 77, 0)) : results.Order())
            {
                sampler.Update(History.Over(seed, number));
            }

            return [sampler.Suggest(12), sampler.Suggest(13)];
        }

        Assert.Equal(Next(false), Next(true));
    });

    private static void Check(string name, Action<int> property) => Prop.ForAll(Gen.Choose(0, int.MaxValue - 1000).ToArbitrary(), property)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(name == "gp" ? 25 : 60));

    /// <summary>Up to five trials at once, with results in any order: at a rung, pruned, failed, without a value, canceled, infinite.</summary>
    private sealed class History(int seed, Space space, SamplerOptions spec)
    {
        internal ISampler Sampler { get; } = spec.Create(space, Goals, seed);

        internal List<Configuration> Suggested { get; } = [];

        internal static TrialResult Over(int seed, int number)
        {
            var luck = Philox.Uniform(seed, number, 70, 0);
            double? value = luck switch { < 0.05 => null, < 0.1 => double.NaN, < 0.13 => double.PositiveInfinity, _ => Math.Round(Philox.Uniform(seed, number, 71, 0), 1) };
            return Philox.Uniform(seed, number, 72, 0) switch
            {
                < 0.1 => new TrialResult(number, 0, TrialState.Failed, 9, 0, []),
                < 0.15 => new TrialResult(number, 0, TrialState.Canceled, 9, 0, []),
                < 0.25 => new TrialResult(number, 0, TrialState.Pruned, 9, 3, [value]),
                _ => new TrialResult(number, 0, TrialState.Completed, 9, 9, [value]),
            };
        }

        internal void Run(int trials, IReadOnlyList<Configuration>? existing = null)
        {
            var running = new List<int>();
            for (var number = 0; number < trials; number++)
            {
                var configuration = number < existing?.Count ? existing[number] : Sampler.Suggest(number);
                if (configuration is null)
                {
                    return;
                }

                if (number < existing?.Count)
                {
                    Sampler.Restore(number, configuration);
                }

                Suggested.Add(configuration);
                running.Add(number);
                while (running.Count > (int)(Philox.Bits(seed, number, 73, 0) % 5))
                {
                    var at = (int)(Philox.Bits(seed, number, 74, running.Count) % (ulong)running.Count);
                    if (Philox.Uniform(seed, running[at], 75, 0) < 0.5)
                    {
                        Sampler.Update(new TrialResult(running[at], 0, TrialState.Paused, 3, 3, [Philox.Uniform(seed, running[at], 76, 0)]));
                    }

                    Sampler.Update(Over(seed, running[at]));
                    running.RemoveAt(at);
                }
            }
        }
    }
}
