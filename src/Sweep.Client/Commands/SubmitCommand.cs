using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary><c>sweep submit SPEC</c>: creates a sweep that the silos run.</summary>
internal static class SubmitCommand
{
    public static Command Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "The sweep file (YAML or JSON)" };
        var name = NameOption.Create();
        var priority = WholeNumber.Option(
            "--priority", [], "N", "Sweeps with a higher priority run first; 0 by default, may be negative",
            -PlacementChange.MaxPriority, PlacementChange.MaxPriority, () => 0);
        var slots = WholeNumber.OptionalOption(
            "--slots", "N", "At most N of its trials run in parallel over all silos; no limit by default", PlacementChange.MaxSlots);
        var wait = new Option<bool>("--wait") { Description = "Follow the sweep to its end and print the ranking; Ctrl-C stops following, the sweep continues" };
        var command = new Command("submit", "Create a sweep that the silos run; prints its name") { spec, name, wait, priority, slots };
        command.SetAction((parsed, _) => CommandHost.GuardAsync(async () =>
        {
            var db = CommandHost.Db(parsed);
            int? ranked = parsed.GetResult(priority) is { Implicit: false } ? parsed.GetValue(priority) : null;
            using var source = await NewSweepSource.LoadAsync(parsed.GetValue(spec)!, db, CancellationToken.None);
            await using var store = await CommandHost.OpenAsync(db, CancellationToken.None);
            var sweep = await source.CreateAsync(store, parsed.GetValue(name), ranked, parsed.GetValue(slots));
            await store.HintAsync(new StoreHint(StoreHintKind.Command, sweep.Id), CancellationToken.None);
            Terminal.Print(sweep.Name);
            var diagnosis = await WaitingDiagnosis.ReadAsync(store, await store.SummarizeAsync(sweep.Id, CancellationToken.None), source.Spec, CancellationToken.None);
            foreach (var reason in diagnosis.AtSubmit())
            {
                Terminal.Info(reason);
            }

            return parsed.GetValue(wait)
                ? await SweepWatch.FollowAsync(terminal, store, sweep.Name, db, CancellationToken.None)
                : ExitCodes.Success;
        }));
        return command;
    }
}
