using System.Text.Json;
using Sweep.Search.Functions;
using Sweep.Search.Pruners;
using Sweep.Search.Pruners.Asha;
using Sweep.Search.Pruners.Halving;
using Sweep.Search.Pruners.Hyperband;
using Sweep.Search.Pruners.Pbt;
using Sweep.Search.Samplers;
using Sweep.Search.Samplers.Bohb;
using Sweep.Search.Samplers.Random;
using Sweep.Search.Samplers.Tpe;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Bench.Search;

/// <summary>81 synthetic learning curves of up to 27 epochs: how many epochs are spent until the best of them is trained to the full.</summary>
internal static class CurveRuns
{
    private const int Trials = 81;
    private const int Epochs = 27;

    private static readonly (string Name, SamplerOptions Sampler, PrunerOptions? Pruner)[] Methods =
    [
        ("random", new RandomOptions(), null),
        ("tpe", new TpeOptions(), null),
        ("halving", new RandomOptions(), new HalvingOptions(1, Epochs, 3)),
        ("hyperband", new RandomOptions(), new HyperbandOptions(1, Epochs, 3, false)),
        ("asha", new RandomOptions(), new AshaOptions(1, Epochs, 3, false)),
        ("tpe, asha", new TpeOptions(), new AshaOptions(1, Epochs, 3, false)),
        ("bohb", new BohbOptions(), new HyperbandOptions(1, Epochs, 3, false)),
        ("pbt", new RandomOptions(), new PbtOptions(Epochs, 3, PbtOptions.DefaultQuantile, PbtOptions.DefaultResampleProbability)),
    ];

    internal static int Print(int seeds)
    {
        foreach (var (family, space) in Families())
        {
            var best = Enumerable.Range(0, Trials).Select(i => space.At(i)).MinBy(c => Curve.At(c, Epochs))!;
            foreach (var (name, sampler, pruner) in Methods)
            {
                for (var seed = 0; seed < seeds; seed++)
                {
                    var (spent, reached) = SpentUntil(best, Searches.Spec(space, sampler, Trials, Epochs, seed, pruner));
                    Console.WriteLine(JsonSerializer.Serialize(new { family, method = name, seed, epochs = reached ? spent : Trials * Epochs, reached, all = spent }));
                }
            }
        }

        return 0;
    }

    private static BuiltInFunction Curve { get; } = BuiltInFunctions.Find("curves")!;

    /// <summary>Curves of one speed keep their ranking; those of several speeds cross.</summary>
    private static (string Family, Space Space)[] Families()
    {
        static Parameter Lattice(string name, double step, int count, double low = 0) =>
            new(name, [new Alternative(new LatticeDistribution(new UniformScale(), low, step, count, whole: false), [])]);

        return
        [
            ("one speed", new Space([Lattice("quality", 0.0125, Trials), Lattice("slowness", 0.1, 1, 0.2)], [])),
            ("three speeds", new Space([Lattice("quality", 0.0375, 27), Lattice("slowness", 0.2, 3, 0.1)], [])),
        ];
    }

    private static (int Spent, bool Reached) SpentUntil(Configuration best, SweepSpec spec)
    {
        var (spent, reached) = (0, false);
        Searches.Run(
            spec,
            Curve.At,
            (configuration, step, _) =>
            {
                spent++;
                reached = step == Epochs && configuration.Equals(best);
                return !reached;
            });
        return (spent, reached);
    }
}
