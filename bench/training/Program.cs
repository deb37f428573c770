using System.Globalization;
using Sweep.Bench.Training;
using Sweep.Torch;

// worker SLOTS EPOCHS: reads an optimizer's name a line, trains, answers a line of figures. Started by run.py.
// costs: what a step's parts take. watching: what schedules that watch gradients add to one. split: forward, backward, optimizer and data of a model.
// controller: the learned controller against badly chosen constant rates. See ../README.md.
return args switch
{
    ["worker", var slots, var epochs] => Worker.Serve(int.Parse(slots, CultureInfo.InvariantCulture), int.Parse(epochs, CultureInfo.InvariantCulture)),
    ["costs"] => Costs.Print(),
    ["watching"] => WatchingCosts.Print(),
    ["split", var model, var precision] => Costs.PrintSplit(model, Enum.Parse<Precision>(precision, ignoreCase: true)),
    ["controller", var optimizer, var rate, var seed] => await ControllerTrial.Print(
        optimizer, double.Parse(rate, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: worker SLOTS EPOCHS | costs | watching | split MODEL PRECISION | controller OPTIMIZER RATE FIRST_SEED");
    return 2;
}
