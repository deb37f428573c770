using System.Globalization;
namespace Sweep.Bench.Divergence;

/// <summary>Candidates for the constants of the rule on the tuning task. Nothing here is looked at when the rule is judged.</summary>
internal static class Tuning
{
    private static readonly double[] Factors = [1.5, 2, 3, 5];
    private static readonly double[] Shares = [0.75, 0.9, 1];
    private static readonly int[] Blocks = [2, 3, 4];
    private static readonly double[] Recoveries = [0.8, 0.9, 1];

    internal static int Print(bool isQuick)
    {
        using var task = LearningTask.Mlp();
        var settings = TrialSetting.Grid(isQuick ? 2 : 1);
        var seeds = (isQuick ? [1] : new ulong[] { 1, 2, 3 }).Select(seed => Trace.Train(task, seed, settings)).ToList();
        Console.WriteLine("| factor | high share | blocks | recovery | good stopped | middle stopped | failed stopped | false stops, 95 % limit | epochs saved | same winner |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        Row("non-finite only | | |", Rules.NonFinite);
        Row("smoothed loss | | |", Rules.Smoothed);
        foreach (var factor in Factors)
        {
            foreach (var share in Shares)
            {
                foreach (var blocks in Blocks)
                {
                    foreach (var recovery in Recoveries)
                    {
                        Row(
                            string.Create(CultureInfo.InvariantCulture, $"{factor} | {share} | {blocks} | {recovery}"),
                            Rules.Blocks(new BlockLimits { Factor = factor, HighShare = share, BadBlocks = blocks, Recovery = recovery }));
                    }
                }
            }
        }

        return 0;

        void Row(string name, ShadowRule rule)
        {
            var tally = new Tally();
            seeds.ForEach(traces => tally.Add(traces, rule));
            Console.WriteLine($"| {name} | {tally} |");
        }
    }
}
