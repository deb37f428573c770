using Sweep.Bench.Divergence;
using Sweep.Torch;

// tune [quick]: candidates for the rule's constants on the tuning task. judge [quick]: the rule on four tasks and fresh seeds.
// Started by run; see ../README.md.
torch.set_num_threads(1);
return args switch
{
    ["tune", .. var rest] => Tuning.Print(isQuick: rest is ["quick"]),
    ["judge", .. var rest] => Judgement.Print(isQuick: rest is ["quick"]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: tune [quick] | judge [quick]");
    return 2;
}
