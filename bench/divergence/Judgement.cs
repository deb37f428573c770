namespace Sweep.Bench.Divergence;

/// <summary>The candidate with its constants frozen, on tasks and seeds that it was not tuned on, beside two others.</summary>
internal static class Judgement
{
    private const double LeastSaved = 0.05;
    private const double MostMiddleStopped = 0.01;
    private const double MostFalseStops = 0.01;

    private static readonly (string Name, Func<LearningTask> Make)[] Tasks =
    [
        ("mlp", LearningTask.Mlp), ("cnn", LearningTask.Cnn), ("characters", LearningTask.Characters), ("regression", LearningTask.Regression),
    ];

    internal static int Print(bool isQuick, IReadOnlyList<string> names)
    {
        var settings = TrialSetting.Grid(isQuick ? 2 : 1);
        ulong[] seeds = isQuick ? [11] : [11, 12, 13];
        (string Name, ShadowRule Rule)[] rules =
            [("blocks", Rules.Blocks(new BlockLimits())), ("smoothed loss", Rules.Smoothed), ("non-finite only", Rules.NonFinite)];
        var totals = rules.Select(_ => new Tally()).ToArray();

        Console.WriteLine("| task | rule | good stopped | middle stopped | failed stopped | false stops, 95 % limit | epochs saved | same winner |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var (name, make) in Tasks.Where(task => names.Count == 0 || names.Contains(task.Name)))
        {
            using var task = make();
            var tallies = rules.Select(_ => new Tally()).ToArray();
            foreach (var seed in seeds)
            {
                var traces = Trace.Train(task, seed, settings);
                for (var i = 0; i < rules.Length; i++)
                {
                    tallies[i].Add(traces, rules[i].Rule);
                    totals[i].Add(traces, rules[i].Rule);
                }
            }

            Rows(name, tallies);
        }

        Rows("all", totals);
        var rule = totals[0];
        Console.WriteLine();
        var isBetter =
            Check($"no good trial is stopped, of at least 300: {rule.GoodStopped} of {rule.Good}", rule.GoodStopped == 0 && rule.Good >= 300)
            & Check($"95 % upper limit of false stops at most {MostFalseStops:P0}: {rule.FalseStopsLimit:P2}", rule.FalseStopsLimit <= MostFalseStops)
            & Check($"at most {MostMiddleStopped:P0} of middle trials stopped: {rule.MiddleStoppedShare:P2}", rule.MiddleStoppedShare <= MostMiddleStopped)
            & Check("the same winner for each task and seed", rule.SameWinners)
            & Check($"saves at least {LeastSaved:P0} of the epochs of non-finite only: {rule.Saved:P1}", rule.Saved >= LeastSaved);
        Console.WriteLine(isBetter ? "blocks is better than the product's rule, non-finite only" : "the product's rule stays non-finite only");
        return isBetter ? 1 : 0;

        void Rows(string task, Tally[] tallies)
        {
            for (var i = 0; i < rules.Length; i++)
            {
                Console.WriteLine($"| {task} | {rules[i].Name} | {tallies[i]} |");
            }
        }

        static bool Check(string what, bool holds)
        {
            Console.WriteLine($"blocks {(holds ? "meets" : "misses")}: {what}");
            return holds;
        }
    }
}
