using System.Text.Json;
using Sweep.Search.Runs;
using Sweep.Search.Samplers;
using Sweep.Search.Samplers.Tpe;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Samplers;

/// <summary>Against Optuna 3.1 on stored histories: tests/reference/tpe_optuna.py.</summary>
public class TpeReferenceTests
{
    private static readonly string[] Optimizers = ["sgd", "adam", "rmsprop"];

    public static TheoryData<string> Cases() => [.. Load().Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void SplitWeightsWidthsAndDensities_AreOptunas(string name)
    {
        var data = Load().Single(c => c.GetProperty("name").GetString() == name);
        var names = data.GetProperty("parameters").EnumerateArray().Select(n => n.GetString()!).ToArray();
        var space = TestSpaces.Of([.. names.Select(Parameter)]);
        var spec = new TpeOptions
        {
            Multivariate = data.GetProperty("multivariate").GetBoolean(),
            Bandwidth = data.GetProperty("multivariate").GetBoolean() ? TpeBandwidth.Scott : TpeBandwidth.Neighbours,
            MagicClip = data.GetProperty("magic_clip").GetBoolean(),
            PriorWeight = data.GetProperty("prior_weight").GetDouble(),
        };
        var observations = new Observations(space, [ObjectiveGoal.Minimize]);
        var losses = Numbers(data.GetProperty("losses"));
        var number = 0;
        foreach (var trial in data.GetProperty("history").EnumerateArray())
        {
            Assert.NotNull(observations.Add(number, Configuration(names, trial)));
            observations.Update(new TrialResult(number, 0, TrialState.Completed, 1, 1, [losses[number]]));
            number++;
        }

        var good = TpeSets.Best(observations.Trials, TpeSets.Good(observations.WithResult));
        Assert.Equal(data.GetProperty("below_indices").EnumerateArray().Select(i => i.GetInt32()), good.Select(t => t.Number));

        Check(data.GetProperty("below"), data, names, space, new ParzenEstimator(space.Axes, good, spec));
        var bad = observations.Trials.Except(good).ToList();
        Check(data.GetProperty("above"), data, names, space, new ParzenEstimator(space.Axes, bad, spec));
    }

    private static void Check(JsonElement expected, JsonElement data, string[] names, Space space, ParzenEstimator actual)
    {
        Close(Numbers(expected.GetProperty("weights")), actual.Weights);
        for (var a = 0; a < names.Length; a++)
        {
            if (actual.Axes[a] is ParzenNumbers numbers)
            {
                Close(Numbers(expected.GetProperty("mus").GetProperty(names[a])), numbers.Mus);
                Close(Numbers(expected.GetProperty("sigmas").GetProperty(names[a])), numbers.Sigmas);
                continue;
            }

            var kernel = 0;
            var categories = (ParzenCategories)actual.Axes[a];
            foreach (var row in expected.GetProperty("categorical").GetProperty(names[a]).EnumerateArray())
            {
                Close(Numbers(row), [.. Enumerable.Range(0, Optimizers.Length).Select(value => categories.Probability(kernel, value))]);
                kernel++;
            }
        }

        var densities = data.GetProperty("points").EnumerateArray().Select(point =>
        {
            var coordinates = space.CoordinatesOf(Configuration(names, point))!;
            return actual.LogDensity([.. coordinates.Select((c, i) => space.Axes[i].Forward(c))]);
        }).ToArray();
        Close(Numbers(expected.GetProperty("log_pdf")), densities);
    }

    private static void Close(double[] expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-9 * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    private static Parameter Parameter(string name) => name switch
    {
        "lr" => TestSpaces.Log(name, 1e-5, 1),
        "momentum" => TestSpaces.Uniform(name, 0.5, 0.99),
        "dropout" => TestSpaces.Always(name, new LatticeDistribution(new UniformScale(), 0, 0.1, 6, whole: false)),
        "layers" => TestSpaces.Whole(name, 1, 6),
        "width" => TestSpaces.Always(name, new LatticeDistribution(new LogUniformScale(), 8, 1, 505, whole: true)),
        "optimizer" => TestSpaces.Choice(name, Optimizers),
        _ => throw new ArgumentException("unknown", nameof(name)),
    };

    private static Configuration Configuration(string[] names, JsonElement values) => new(names.Select(name =>
    {
        var value = values.GetProperty(name);
        return new KeyValuePair<string, ParameterValue>(name, name switch
        {
            "optimizer" => ParameterValue.Of(Optimizers[value.GetInt32()]),
            "layers" or "width" => ParameterValue.Of(value.GetInt64()),
            _ => ParameterValue.Of(value.GetDouble()),
        });
    }));

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];

    private static JsonElement[] Load()
    {
        using var stream = typeof(TpeReferenceTests).Assembly.GetManifestResourceStream("tpe_optuna.json")!;
        return [.. JsonDocument.Parse(stream).RootElement.GetProperty("cases").EnumerateArray()];
    }
}
