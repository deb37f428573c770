using System.Globalization;
using Sweep.Search.Runs;
using Sweep.Search.Spaces;
using Sweep.Search.Tests.Spec;
using Sweep.Search.Trials;

namespace Sweep.Search.Tests.Runs;

/// <summary>
/// The suggestions and decisions of search version 3. When one of these fails, either the change was not meant, or
/// <see cref="SweepSearch.SearchVersion"/> is raised with it and the tables are replaced.
/// </summary>
public sealed class SearchVersionTests
{
    [Fact]
    public void Version_IsThatOfTheTables() => Assert.Equal(3, SweepSearch.SearchVersion);

    [Fact]
    public void Random_SuggestsTheTable() => AssertTable("""
        0 3 optimizer=adagrad lr=0.00574436740048 schedule=cosine task.batch_size=64 optimizer.weight_decay=0.0001
        1 3 optimizer=adagrad lr=0.00174588023849 schedule=constant task.batch_size=64 optimizer.weight_decay=0.0001
        2 3 optimizer=momentum optimizer.momentum=0.816768101224 lr=0.0113331622318 schedule=constant task.batch_size=64 optimizer.weight_decay=0.0001
        3 3 optimizer=rmsprop lr=0.00838519671514 schedule=exponential schedule.gamma=0.737227220118 task.batch_size=64 optimizer.weight_decay=0.0001
        4 3 optimizer=momentum optimizer.momentum=0.883780978316 lr=0.00920136561573 schedule=constant task.batch_size=64 optimizer.weight_decay=0.0001
        5 3 optimizer=adam lr=0.000109150396031 schedule=cosine task.batch_size=64 optimizer.weight_decay=0.0001
        6 3 optimizer=sgd lr=0.145302264671 schedule=cosine task.batch_size=64 optimizer.weight_decay=0.0001
        7 3 optimizer=adagrad lr=0.0163711887961 schedule=exponential schedule.gamma=0.5185271559 task.batch_size=64 optimizer.weight_decay=0.0001
        8 3 optimizer=sgd lr=0.466708173188 schedule=cosine task.batch_size=64 optimizer.weight_decay=0.0001
        9 3 optimizer=adam lr=0.000186097833007 schedule=cosine task.batch_size=64 optimizer.weight_decay=0.0001
        10 3 optimizer=sgd lr=0.146162935327 schedule=constant task.batch_size=64 optimizer.weight_decay=0.0001
        11 3 optimizer=sgd lr=0.0058256921341 schedule=cosine task.batch_size=128 optimizer.weight_decay=0.0001
        12 3 optimizer=rmsprop lr=0.00141707907096 schedule=cosine task.batch_size=128 optimizer.weight_decay=0.0001
        13 3 optimizer=momentum optimizer.momentum=0.901113367707 lr=0.233835657562 schedule=cosine task.batch_size=64 optimizer.weight_decay=0.0001
        14 3 optimizer=adagrad lr=0.00152163553023 schedule=exponential schedule.gamma=0.571353381278 task.batch_size=64 optimizer.weight_decay=0.0001
        15 3 optimizer=sgd lr=0.395085557744 schedule=cosine task.batch_size=128 optimizer.weight_decay=0.0001
        16 3 optimizer=rmsprop lr=0.000190544082129 schedule=constant task.batch_size=128 optimizer.weight_decay=0.0001
        17 3 optimizer=rmsprop lr=2.06524396681E-05 schedule=exponential schedule.gamma=0.657010848852 task.batch_size=128 optimizer.weight_decay=0.0001
        18 3 optimizer=adagrad lr=0.0444892006011 schedule=cosine task.batch_size=64 optimizer.weight_decay=0.0001
        19 3 optimizer=momentum optimizer.momentum=0.832283700383 lr=0.155452438179 schedule=exponential schedule.gamma=0.819348876075 task.batch_size=128 optimizer.weight_decay=0.0001
        """, Suggestions(TestSpecs.Example));

    [Fact]
    public void ShuffledGrid_SuggestsTheTable() => AssertTable("""
        0 9 task.batch_size=64 optimizer=momentum optimizer.momentum=0.99 lr=0.001
        1 9 task.batch_size=32 optimizer=momentum optimizer.momentum=0.99 lr=0.1
        2 9 task.batch_size=64 optimizer=adam optimizer.beta1=0.8 optimizer.weight_decay=0 lr=0.1
        3 9 task.batch_size=32 optimizer=momentum optimizer.momentum=0.5 lr=0.1
        4 9 task.batch_size=64 optimizer=momentum optimizer.momentum=0.5 lr=0.001
        5 9 task.batch_size=32 optimizer=adam optimizer.beta1=0.9 optimizer.weight_decay=0 lr=0.1
        6 9 task.batch_size=64 optimizer=momentum optimizer.momentum=0.5 lr=0.1
        7 9 task.batch_size=32 optimizer=adam optimizer.beta1=0.9 optimizer.weight_decay=0.1 lr=0.001
        8 9 task.batch_size=64 optimizer=adam optimizer.beta1=0.8 optimizer.weight_decay=0 lr=0.001
        9 9 task.batch_size=32 optimizer=momentum optimizer.momentum=0.9 lr=0.001
        10 9 task.batch_size=32 optimizer=momentum optimizer.momentum=0.99 lr=0.001
        11 9 task.batch_size=64 optimizer=sgd lr=0.1
        12 9 task.batch_size=64 optimizer=momentum optimizer.momentum=0.9 lr=0.1
        13 9 task.batch_size=64 optimizer=sgd lr=0.001
        14 9 task.batch_size=64 optimizer=adam optimizer.beta1=0.9 optimizer.weight_decay=0 lr=0.1
        15 9 task.batch_size=64 optimizer=adam optimizer.beta1=0.9 optimizer.weight_decay=0.1 lr=0.1
        16 9 task.batch_size=64 optimizer=momentum optimizer.momentum=0.9 lr=0.001
        17 9 task.batch_size=32 optimizer=sgd lr=0.1
        18 9 task.batch_size=32 optimizer=sgd lr=0.001
        19 9 task.batch_size=32 optimizer=adam optimizer.beta1=0.8 optimizer.weight_decay=0 lr=0.1
        """, Suggestions(TestSpecs.Grid.Replace("{ sampler: grid }", "{ sampler: grid, order: shuffled, seed: 7 }", StringComparison.Ordinal)));

    [Fact]
    public void RandomInAFiniteSpace_SuggestsTheTable() => AssertTable("""
        0 9 task.batch_size=32 optimizer=adam optimizer.beta1=0.9 optimizer.weight_decay=0.1 lr=0.001
        1 9 task.batch_size=64 optimizer=momentum optimizer.momentum=0.5 lr=0.1
        2 9 task.batch_size=32 optimizer=sgd lr=0.1
        3 9 task.batch_size=64 optimizer=adam optimizer.beta1=0.9 optimizer.weight_decay=0.1 lr=0.001
        4 9 task.batch_size=32 optimizer=momentum optimizer.momentum=0.5 lr=0.1
        5 9 task.batch_size=64 optimizer=adam optimizer.beta1=0.8 optimizer.weight_decay=0.1 lr=0.001
        6 9 task.batch_size=64 optimizer=adam optimizer.beta1=0.8 optimizer.weight_decay=0.1 lr=0.1
        7 9 task.batch_size=32 optimizer=adam optimizer.beta1=0.8 optimizer.weight_decay=0 lr=0.001
        8 9 task.batch_size=32 optimizer=momentum optimizer.momentum=0.99 lr=0.1
        9 9 task.batch_size=64 optimizer=momentum optimizer.momentum=0.99 lr=0.1
        10 9 task.batch_size=32 optimizer=adam optimizer.beta1=0.9 optimizer.weight_decay=0 lr=0.001
        11 9 task.batch_size=32 optimizer=adam optimizer.beta1=0.8 optimizer.weight_decay=0.1 lr=0.001
        12 9 task.batch_size=64 optimizer=momentum optimizer.momentum=0.5 lr=0.001
        13 9 task.batch_size=32 optimizer=adam optimizer.beta1=0.8 optimizer.weight_decay=0 lr=0.1
        14 9 task.batch_size=32 optimizer=momentum optimizer.momentum=0.5 lr=0.001
        15 9 task.batch_size=64 optimizer=adam optimizer.beta1=0.9 optimizer.weight_decay=0.1 lr=0.1
        16 9 task.batch_size=64 optimizer=momentum optimizer.momentum=0.9 lr=0.001
        17 9 task.batch_size=64 optimizer=sgd lr=0.001
        18 9 task.batch_size=32 optimizer=sgd lr=0.001
        19 9 task.batch_size=32 optimizer=momentum optimizer.momentum=0.9 lr=0.1
        """, Suggestions(TestSpecs.Grid.Replace("{ sampler: grid }", "{ sampler: random, trials: 32, seed: 7 }", StringComparison.Ordinal)));

    [Fact]
    public void Halving_DecidesTheTable() => AssertTable("""
        0 Prune 1
        1 Promote 3
        2 Prune 1
        3 Prune 1
        4 Promote 3
        6 Prune 1
        7 Prune 1
        8 Promote 3
        9 Prune 1
        10 Prune 1
        11 Promote 3
        12 Prune 1
        13 Prune 1
        14 Promote 3
        15 Prune 1
        16 Prune 1
        17 Promote 3
        18 Promote 3
        19 Prune 1
        20 Prune 1
        21 Promote 3
        22 Prune 1
        23 Prune 1
        24 Promote 3
        25 Prune 1
        26 Prune 1
        1 Prune 3
        4 Promote 9
        8 Prune 3
        11 Prune 3
        14 Promote 9
        17 Promote 9
        18 Prune 3
        21 Prune 3
        24 Prune 3
        4 Complete 9
        14 Complete 9
        17 Complete 9
        """, HalvingDecisions());

    private static List<string> Suggestions(string text) =>
        [.. new SweepSearch(TestSpecs.Valid(text)).Suggest(20).Select(s => $"{s.Number} {s.Granted} {string.Join(' ', s.Configuration.Entries.Select(e => $"{e.Key}={Rounded(e.Value)}"))}")];

    /// <summary>Real numbers to 12 digits: the last ones of a logarithmic scale are libm's.</summary>
    private static string Rounded(ParameterValue value) =>
        value.Kind == ValueKind.Real ? value.AsReal.ToString("G12", CultureInfo.InvariantCulture) : value.ToDisplay();

    private static List<string> HalvingDecisions()
    {
        var search = new SweepSearch(TestSpecs.Valid(TestSpecs.Example.Replace("min_resource: 3", "min_resource: 1", StringComparison.Ordinal)));
        var lines = new List<string>();
        var todo = new Queue<(int Number, int Granted)>(search.Suggest(27).Select(s => (s.Number, s.Granted)));
        while (todo.TryDequeue(out var next))
        {
            // Trial 5 fails, 7 has no value; the others' values go up and down with ties.
            var state = next.Number == 5 ? TrialState.Failed : TrialState.Paused;
            double? value = next.Number == 7 ? null : next.Number * 7 % 10;
            var decisions = search.Observe(new TrialResult(next.Number, 0, state, next.Granted, next.Granted, [value]));
            foreach (var decision in decisions)
            {
                if (decision.Kind == SearchDecisionKind.Promote)
                {
                    todo.Enqueue((decision.Number, decision.Resource));
                }

                lines.Add($"{decision.Number} {decision.Kind} {decision.Resource}");
            }
        }

        Assert.True(search.IsFinished);
        return lines;
    }

    private static void AssertTable(string expected, List<string> actual) => Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', actual));
}
