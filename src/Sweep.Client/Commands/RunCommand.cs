using System.CommandLine;
using Sweep.Client.Interaction;

namespace Sweep.Client.Commands;

/// <summary><c>sweep run SPEC</c>: runs a new sweep to its end in this process.</summary>
internal static class RunCommand
{
    public static Command Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "The sweep file (YAML or JSON)" };
        var name = NameOption.Create();
        var slots = SlotOption.Create();
        var command = new Command("run", "Run a new sweep to its end in this process") { spec, name, slots };
        command.SetAction((parsed, _) => CommandHost.GuardAsync(async () =>
        {
            var db = CommandHost.Db(parsed);
            using var source = await NewSweepSource.LoadAsync(parsed.GetValue(spec)!, db, CancellationToken.None);
            await using var store = await CommandHost.OpenAsync(db, CancellationToken.None);
            var sweep = await source.CreateAsync(store, parsed.GetValue(name));
            return await SweepSession.RunAsync(
                terminal, store, sweep, source.Spec, source.Trainings, parsed.GetValue(slots), db, parsed.GetValue(GlobalOptions.Verbose));
        }));
        return command;
    }
}
