using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Store;
using Sweep.Search;
using Sweep.Search.Ranking;
using Sweep.Search.Spaces;
using Sweep.Search.Spec;

namespace Sweep.Client.Commands;

/// <summary><c>sweep best SWEEP [-k N] [--by PARAMETERS]</c>: the ranking with parameters, or the best trial of each parameter value.</summary>
internal static class BestCommand
{
    private const int DefaultCount = 10;

    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var count = WholeNumber.Option("--count", ["-k"], "N", "How many trials", int.MaxValue, () => DefaultCount);
        var by = new Option<string?>("--by")
        {
            Description = "Show only the best trial for each value of these parameters, separated by commas: optimizer, or optimizer,schedule",
            HelpName = "PARAMETERS",
        };
        var json = GlobalOptions.Json();
        var command = new Command("best", "Rank a sweep's trials, best first") { name, count, by, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.ShowAsync(parsed, async store =>
        {
            var (sweep, spec) = await CommandHost.FindAsync(store, parsed.GetValue(name)!, CommandHost.Db(parsed), cancellationToken);
            var names = Names(parsed.GetValue(by), spec);
            var trials = await SweepRankingQuery.RankAsync(
                store, spec, sweep.Id, names.Length > 0 ? int.MaxValue : parsed.GetValue(count), cancellationToken);
            if (names.Length > 0)
            {
                trials = [.. trials.DistinctBy(ranked => Values(ranked, names)).Take(parsed.GetValue(count))];
            }

            if (parsed.GetValue(json))
            {
                TrialJson.WriteRanking(sweep, spec, trials);
            }
            else
            {
                terminal.Display.Write(TrialTable.Create(spec, trials, ranked: true, terminal.Display.Profile.Width));
            }

            return ExitCodes.Success;
        }));
        return command;
    }

    private static string[] Names(string? by, SweepSpec spec)
    {
        var names = by?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var known = spec.Space.Parameters.Select(parameter => parameter.Name).ToList();
        return names.FirstOrDefault(name => !known.Contains(name)) is { } wrong
            ? throw new SweepException($"--by: sweep {spec.Name} has no parameter {wrong}; {Spelling.Hint(wrong, known)}")
            : names;
    }

    /// <summary>A key for each combination of values, without inactive parameters.</summary>
    private static string Values(RankedTrial ranked, string[] names)
    {
        var configuration = Configuration.Parse(ranked.Trial.Parameters);
        return new Configuration(configuration.Entries.Where(entry => names.Contains(entry.Key))).ToJson();
    }
}
