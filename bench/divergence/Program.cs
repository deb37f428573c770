using Sweep.Bench.Divergence;
using Sweep.Torch;

// tune [quick]: candidates for the rule's constants on the tuning task. judge [quick] [TASK...]: the rule on four tasks, or on those named, and fresh seeds.
// Started by run; see ../README.md.
torch.set_num_threads(1);
return args switch
{
    ["tune", .. var rest] => Tuning.Print(isQuick: rest is ["quick"]),
    ["judge", "quick", .. var tasks] => Judgement.Print(isQuick: true, tasks),
    ["judge", .. var tasks] => Judgement.Print(isQuick: false, tasks),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: tune [quick] | judge [quick] [TASK...]");
    return 2;
}
