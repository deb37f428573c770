using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Grains;
using Sweep.Grains.Search;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Grains.Trials;
using Sweep.Silo.Execution;
using Sweep.Silo.Hosting;
using Sweep.Silo.Leases;
using Sweep.Silo.Storage.Sqlite;

namespace Sweep.Client.Commands;

/// <summary><c>sweep resume SWEEP</c>: goes on with a sweep that was stopped, or whose process died.</summary>
internal static class ResumeCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var slots = SlotOption.Create();
        var acceptSearch = new Option<bool>("--accept-search-change")
        {
            Description = "Go on although the search was changed since the sweep began",
        };
        var more = WholeNumber.Option("--more", [], "N", "Make so many trials more than the sweep has", int.MaxValue, () => 0);
        var command = new Command("resume", "Go on with a sweep after a stop or a crash, or with more trials, in this process") { name, slots, more, acceptSearch };
        command.SetAction((parsed, cancellationToken) => CommandHost.GuardAsync(async () =>
        {
            var db = parsed.GetValue(GlobalOptions.Db)!;
            var (sweep, spec) = await FindAsync(db, parsed.GetValue(name)!, cancellationToken);
            var added = parsed.GetValue(more);
            if (added > 0)
            {
                spec = spec.Extended([.. sweep.More, added]);
            }
            else if (sweep.State.IsOver())
            {
                Terminal.Say($"sweep {sweep.Name} is {Rendering.States.Name(sweep.State)}, nothing is left to run: sweep best {sweep.Name}{SweepSession.DbOption(db)}");
                return ExitCodes.Success;
            }

            CheckSearch(sweep, parsed.GetValue(acceptSearch));
            using var trainings = Trainings.Prepare(spec, Terminal.Say);
            CheckInputs(sweep, await trainings.LoadInputsAsync(cancellationToken));
            await using var store = await SqliteStore.OpenAsync(db, TimeProvider.System, cancellationToken);
            if (added > 0)
            {
                await RequireNoOwnerAsync(store, sweep.Name, cancellationToken);
                await store.ExtendSweepAsync(sweep.Id, added, cancellationToken);
            }

            return await SweepSession.RunAsync(
                terminal, store, sweep, spec, trainings, parsed.GetValue(slots), db, parsed.GetValue(GlobalOptions.Verbose));
        }));
        return command;
    }

    private static async Task<(SweepRecord Sweep, SweepSpec Spec)> FindAsync(string db, string name, CancellationToken cancellationToken)
    {
        await using var store = await SqliteStore.OpenForReadingAsync(db, cancellationToken);
        return await CommandHost.FindAsync(store, name, db, cancellationToken);
    }

    // It is to run here, so it is not taken from a process that runs it.
    private static async Task RequireNoOwnerAsync(SqliteStore store, string name, CancellationToken cancellationToken)
    {
        if ((await store.FindSweepAsync(name, cancellationToken))?.Owner is { } owner)
        {
            await DeadOwners.BuryAsync(store, name, owner, ProcessIdentities.Current(), cancellationToken);
        }
    }

    private static void CheckSearch(SweepRecord sweep, bool accepted)
    {
        if (sweep.SearchVersion != SweepSearch.SearchVersion && !accepted)
        {
            throw new SweepException(
                $"sweep {sweep.Name} was searched by version {sweep.SearchVersion} of the search, this is version {SweepSearch.SearchVersion}: the rest would be chosen differently. --accept-search-change goes on all the same");
        }
    }

    // Trials of one sweep must have trained on the same data to be compared.
    private static void CheckInputs(SweepRecord sweep, IReadOnlyDictionary<string, string> inputs)
    {
        foreach (var (file, hash) in sweep.Inputs.Where(input => !input.Key.StartsWith(TrialTest.TestPrefix, StringComparison.Ordinal)))
        {
            if (!inputs.TryGetValue(file, out var now) || now != hash)
            {
                throw new SweepException(
                    $"the data of sweep {sweep.Name} changed since it began: {file} had SHA-256 {hash[..12]}…, now {(now is null ? "it is not read" : now[..12] + "…")}");
            }
        }
    }
}
