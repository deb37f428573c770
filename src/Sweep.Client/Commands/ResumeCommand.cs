using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Silo.Execution;
using Sweep.Silo.Hosting;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary><c>sweep resume SWEEP</c>: resumes a sweep after a stop or a crash.</summary>
internal static class ResumeCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("SWEEP") { Description = "The sweep's name" };
        var slots = SlotOption.CreateForResume();
        var acceptSearch = new Option<bool>("--accept-search-change")
        {
            Description = "Continue although the search has changed since the sweep was created",
        };
        var more = WholeNumber.Option("--more", [], "N", "Add N trials to the sweep", int.MaxValue, () => 0);
        var command = new Command("resume", "Resume a sweep after a stop or a crash, or add trials; it runs on the silos if there are any, else in this process") { name, slots, more, acceptSearch };
        command.SetAction((parsed, cancellationToken) => CommandHost.GuardAsync(async () =>
        {
            var db = CommandHost.Db(parsed);
            var (sweep, spec) = await FindAsync(db, parsed.GetValue(name)!, cancellationToken);
            var added = parsed.GetValue(more);
            if (added > 0)
            {
                spec = spec.Extended([.. sweep.More, added]);
            }
            else if (sweep.State.IsOver())
            {
                Terminal.Info($"sweep {sweep.Name} is {States.Name(sweep.State)}, nothing is left to run: sweep best {sweep.Name}{StoreName.Option(db)}");
                return ExitCodes.Success;
            }

            CheckSearch(sweep, parsed.GetValue(acceptSearch));
            await using var store = await CommandHost.OpenAsync(db, cancellationToken);
            return parsed.GetValue(slots) is null && await RunsOnSilosAsync(store, sweep, cancellationToken)
                ? await ResumeOnSilosAsync(store, sweep, spec, added, db, cancellationToken)
                : await RunAsync(terminal, parsed, store, sweep, spec, added, parsed.GetValue(slots) ?? Environment.ProcessorCount, cancellationToken);
        }));
        return command;
    }

    /// <summary>Whether silos run the trials by default: on PostgreSQL always, on a SQLite file if a live silo accepts the sweep.</summary>
    private static async Task<bool> RunsOnSilosAsync(IStore store, SweepRecord sweep, CancellationToken cancellationToken) =>
        !store.IsLocal
        || (await SiloHealthCheck.ListLiveAsync(store, cancellationToken)).Any(
            silo => SiloLabels.SweepOf(silo.Labels) is null && SiloLabels.Suit(silo.Labels, sweep.Name, sweep.Placement.Requires));

    private static async Task<int> ResumeOnSilosAsync(
        IStore store, SweepRecord sweep, SweepSpec spec, int added, string db, CancellationToken cancellationToken)
    {
        var wasPaused = sweep.State != SweepState.Pending && sweep.State != SweepState.Running;
        if (added > 0)
        {
            await store.ExtendSweepAsync(sweep.Id, added, cancellationToken);
        }

        await store.ChangeSweepAsync(sweep.Id, SweepChange.Resume, cancellationToken);
        await store.HintAsync(new StoreHint(StoreHintKind.Command, sweep.Id), cancellationToken);
        Terminal.Info($"sweep {sweep.Name} {(wasPaused || added > 0 ? "is resumed" : $"is {States.Name(sweep.State)} already")} on the silos: sweep watch {sweep.Name}{StoreName.Option(db)}; --slots K runs trials here");
        var diagnosis = await WaitingDiagnosis.ReadAsync(store, await store.SummarizeAsync(sweep.Id, cancellationToken), spec, cancellationToken);
        foreach (var reason in diagnosis.Reasons())
        {
            Terminal.Info(reason);
        }

        return ExitCodes.Success;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, ParseResult parsed, IStore store, SweepRecord sweep, SweepSpec spec, int added, int slots, CancellationToken cancellationToken)
    {
        using var trainings = Trainings.Prepare(spec, Terminal.Info);
        StoredSweeps.CheckInputs(sweep, await trainings.LoadInputsAsync(cancellationToken));
        if (added > 0)
        {
            EmbeddedSilo.RequireNoLivingOwner(store, sweep);
            await store.ExtendSweepAsync(sweep.Id, added, cancellationToken);
        }

        return await SweepSession.RunAsync(
            terminal, store, sweep, spec, trainings, slots, CommandHost.Db(parsed), parsed.GetValue(GlobalOptions.Verbose));
    }

    private static async Task<(SweepRecord Sweep, SweepSpec Spec)> FindAsync(string db, string name, CancellationToken cancellationToken)
    {
        await using var store = await CommandHost.OpenForReadingAsync(db, cancellationToken);
        return await CommandHost.FindAsync(store, name, db, cancellationToken);
    }

    private static void CheckSearch(SweepRecord sweep, bool accepted)
    {
        if (sweep.SearchVersion != SweepSearch.SearchVersion && !accepted)
        {
            throw new SweepException(
                $"sweep {sweep.Name} was searched by version {sweep.SearchVersion} of the search, this is version {SweepSearch.SearchVersion}: its remaining trials would be chosen differently. To continue: --accept-search-change");
        }
    }
}
