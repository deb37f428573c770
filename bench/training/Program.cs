using System.Globalization;
using Sweep.Bench.Training;
using Sweep.Torch;
using Sweep.Training.Optimizers;

// worker SLOTS EPOCHS: reads an optimizer's name a line, trains, answers a line of figures. Started by run.py.
// costs: what a step's parts take. watching: what schedules that watch gradients add to one. split: forward, backward, optimizer and data of a model. memory: what a further trial adds.
// precision: what bfloat16 costs in accuracy. optimizers: their names.
// controller: the learned controller against badly chosen constant rates. See ../README.md.
return args switch
{
    ["worker", var slots, var epochs] => Worker.Serve(int.Parse(slots, CultureInfo.InvariantCulture), int.Parse(epochs, CultureInfo.InvariantCulture)),
    ["costs"] => Costs.Print(),
    ["watching"] => WatchingCosts.Print(),
    ["split", var model, var precision, var steps] =>
        Costs.PrintSplit(model, Enum.Parse<Precision>(precision, ignoreCase: true), int.Parse(steps, CultureInfo.InvariantCulture)),
    ["memory", var model] => MemoryCosts.Print(model),
    ["optimizers"] => Names(),
    ["precision", var seeds, var epochs] =>
        await PrecisionTrial.Print(int.Parse(seeds, CultureInfo.InvariantCulture), int.Parse(epochs, CultureInfo.InvariantCulture)),
    ["controller", var optimizer, var rate, var seed] => await ControllerTrial.Print(
        optimizer, double.Parse(rate, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Names()
{
    Console.WriteLine(string.Join(' ', OptimizerRegistry.All.Select(o => o.Name)));
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("usage: worker SLOTS EPOCHS | costs | watching | split MODEL PRECISION STEPS | memory MODEL | optimizers | precision SEEDS EPOCHS | controller OPTIMIZER RATE FIRST_SEED");
    return 2;
}
