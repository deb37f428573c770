using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;

namespace Sweep.Client.Commands;

/// <summary><c>sweep silos</c>: lists the silos and the trials they run.</summary>
internal static class SilosCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = GlobalOptions.Json();
        var command = new Command("silos", "List the silos, their health and the trials they run") { json };
        command.SetAction((parsed, cancellationToken) => CommandHost.ShowAsync(parsed, async store =>
        {
            var silos = await store.ListSilosAsync(cancellationToken);
            var running = (await store.ListRunningAsync(null, cancellationToken)).ToLookup(trial => trial.Silo);
            var sweeps = (await store.ListSweepsAsync(cancellationToken)).Where(s => s.Sweep.Owner is not null)
                .ToLookup(s => s.Sweep.Owner!.Incarnation, s => s.Sweep.Name);
            var summaries = silos.Select(silo => new SiloSummary(
                silo, SiloHealthCheck.Of(silo, store.IsLocal), [.. running[silo.Silo.Incarnation]], [.. sweeps[silo.Silo.Incarnation]])).ToList();
            if (parsed.GetValue(json))
            {
                SiloSummary.WriteJson(summaries);
            }
            else if (summaries.Count == 0)
            {
                Terminal.Info($"no silos: sweep silo{StoreName.Option(CommandHost.Db(parsed))} starts one");
            }
            else
            {
                terminal.Display.Write(SiloSummary.Table(summaries));
            }

            return ExitCodes.Success;
        }));
        return command;
    }
}
