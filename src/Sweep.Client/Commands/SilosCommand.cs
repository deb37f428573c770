using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;

namespace Sweep.Client.Commands;

/// <summary><c>sweep silos</c>: who works on the store's sweeps, and on what.</summary>
internal static class SilosCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = GlobalOptions.Json();
        var command = new Command("silos", "List the silos: who is alive, and what each runs") { json };
        command.SetAction((parsed, cancellationToken) => CommandHost.ShowAsync(parsed, async store =>
        {
            var silos = await store.ListSilosAsync(cancellationToken);
            var running = (await store.ListRunningAsync(null, cancellationToken)).ToLookup(trial => trial.Silo);
            var sweeps = (await store.ListSweepsAsync(cancellationToken)).Where(s => s.Sweep.Owner is not null)
                .ToLookup(s => s.Sweep.Owner!.Incarnation, s => s.Sweep.Name);
            var pictures = silos.Select(silo => new SiloPicture(
                silo, SiloLives.Of(silo, store.IsLocal), [.. running[silo.Silo.Incarnation]], [.. sweeps[silo.Silo.Incarnation]])).ToList();
            if (parsed.GetValue(json))
            {
                SiloPicture.WriteJson(pictures);
            }
            else if (pictures.Count == 0)
            {
                Terminal.Say($"no silos: sweep silo{StoreName.Option(CommandHost.Db(parsed))} starts one");
            }
            else
            {
                terminal.People.Write(SiloPicture.Table(pictures));
            }

            return ExitCodes.Success;
        }));
        return command;
    }
}
