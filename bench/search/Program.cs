using System.Globalization;
using Sweep.Bench.Search;

// samplers JOBS SEEDS: a line of JSON for each sampler, function and seed. points: values of the functions, for the peer to check its own by.
// curves SEEDS: epochs until the best curve is trained to the full. costs: what a suggestion takes.
// idle SLOTS SEEDS: how long slots wait for the virtual order. Started by run; see ../README.md.
return args switch
{
    ["points"] => SamplerRuns.PrintPoints(),
    ["samplers", var jobs, var seeds, .. var only] => SamplerRuns.Print(Whole(jobs), Whole(seeds), only),
    ["curves", var seeds] => CurveRuns.Print(Whole(seeds)),
    ["idle", var slots, var seeds] => IdleRuns.Print(Whole(slots), Whole(seeds)),
    ["costs"] => Costs.Print(),
    _ => Usage(),
};

static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("usage: points | samplers JOBS SEEDS [SAMPLER...] | curves SEEDS | idle SLOTS SEEDS | costs");
    return 2;
}
