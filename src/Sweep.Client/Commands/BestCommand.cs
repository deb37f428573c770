using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Grains.Ranking;
using Sweep.Grains.Spec;

namespace Sweep.Client.Commands;

/// <summary><c>sweep best SWEEP [-k N]</c>: the ranking, with parameters.</summary>
internal static class BestCommand
{
    private const int DefaultCount = 10;

    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var count = WholeNumber.Option("--count", ["-k"], "N", "How many trials", int.MaxValue, () => DefaultCount);
        var json = GlobalOptions.Json();
        var command = new Command("best", "Rank a sweep's trials, best first") { name, count, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.ReadAsync(parsed, async store =>
        {
            var (sweep, spec) = await CommandHost.FindAsync(store, parsed.GetValue(name)!, parsed.GetValue(GlobalOptions.Db)!, cancellationToken);
            var trials = await SweepRanking.RankAsync(
                store, spec, sweep.Id, parsed.GetValue(count), cancellationToken);
            if (parsed.GetValue(json))
            {
                TrialJson.WriteRanking(sweep, spec, trials);
            }
            else
            {
                terminal.People.Write(TrialTable.Create(spec, trials, ranked: true, terminal.People.Profile.Width));
            }

            return ExitCodes.Success;
        }));
        return command;
    }
}
