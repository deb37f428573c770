using System.CommandLine;
using Spectre.Console;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search.Ranking;

namespace Sweep.Client.Commands;

/// <summary><c>sweep trials SWEEP</c>: lists all trials by number.</summary>
internal static class TrialsCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var json = GlobalOptions.Json();
        var command = new Command("trials", "List all trials of a sweep by number") { name, json };
        command.SetAction((parsed, cancellationToken) => CommandHost.ShowAsync(parsed, async store =>
        {
            var (sweep, spec) = await CommandHost.FindAsync(store, parsed.GetValue(name)!, CommandHost.Db(parsed), cancellationToken);
            var trials = await store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, cancellationToken);
            if (parsed.GetValue(json))
            {
                TrialJson.Write(sweep, spec, trials);
            }
            else
            {
                terminal.Display.Write(TrialTable.Create(spec, [.. trials.Select(trial => new RankedTrial(trial, [trial]))], ranked: false, terminal.Display.Profile.Width));
                foreach (var trial in trials.Where(t => t.Reason.Length > 0))
                {
                    terminal.Display.MarkupLine($"trial {TrialName.Of(spec, trial)} {States.Markup(trial.State)}: {Markup.Escape(trial.Reason)}");
                }
            }

            return ExitCodes.Success;
        }));
        return command;
    }
}
