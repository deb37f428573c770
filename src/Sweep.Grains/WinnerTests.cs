using Sweep.Search;
using Sweep.Search.Ranking;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Store;

namespace Sweep.Grains;

/// <summary>
/// Evaluates the winners of a finished search on the test set: the first <c>test.top</c> Completed configurations with a value, each replicate once.
/// </summary>
/// <remarks>Each result is written under the sweep's term before the next winner is looked at: one that has a result is not evaluated again.</remarks>
public sealed class WinnerTests(SweepSpec spec, ISweepStore sweeps, ISiloStore store, ITestsWinners trainings)
{
    /// <summary>Called when a winner's result is durable.</summary>
    public Action<TrialRecord, TrialTest>? OnTested { get; init; }

    /// <summary>Whether a winner's data set turned out to have no test set.</summary>
    public bool TestSetIsMissing { get; private set; }

    /// <summary>Tests the winners that have no result yet.</summary>
    /// <returns>Lost when another silo coordinates the sweep now.</returns>
    /// <exception cref="SweepException">A test set cannot be read, or is not the one that an earlier winner was tested on.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop; the winners that are left are tested when the sweep is resumed.</exception>
    public async Task<WriteResult> RunAsync(SweepRecord sweep, long term, CancellationToken stop)
    {
        var inputs = new Dictionary<string, string>(sweep.Inputs, StringComparer.Ordinal);
        var ranking = await SweepRankingQuery.RankAsync(sweeps, spec, sweep.Id, spec.TestTop, stop);
        foreach (var winner in ranking.Where(r => r.Trial is { State: TrialState.Completed, Values: [{ }, ..] }).SelectMany(r => r.Replicates))
        {
            if (winner.TestMetrics is not null)
            {
                continue;
            }

            stop.ThrowIfCancellationRequested();
            var checkpoint = await sweeps.FindFinalCheckpointAsync(winner.Id, stop)
                ?? throw new SweepException($"trial {winner.Number} cannot be tested: it has no checkpoint");
            if (trainings.Test(winner, checkpoint) is not { } test)
            {
                TestSetIsMissing = true;
                continue;
            }

            Remember(inputs, test);
            var unit = new CoordinatorUnit(sweep.Id, term) { Tests = [test] };
            if (await store.WriteAsync(unit, CancellationToken.None) == WriteResult.Lost)
            {
                return WriteResult.Lost;
            }

            OnTested?.Invoke(winner, test);
        }

        return WriteResult.Written;
    }

    // Winners of one sweep are compared: all of them on the same test set, also across a resume.
    private static void Remember(Dictionary<string, string> inputs, TrialTest test)
    {
        foreach (var (file, hash) in test.Inputs)
        {
            if (inputs.TryGetValue(file, out var before) && before != hash)
            {
                throw new SweepException(
                    $"{file[TrialTest.TestPrefix.Length..]} changed since a winner was tested on it: it had SHA-256 {before[..12]}…, now {hash[..12]}…");
            }

            inputs[file] = hash;
        }
    }
}
