using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Grains;
using Sweep.Grains.Grains;
using Sweep.Grains.Search;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Silo.Execution;
using Sweep.Silo.Storage.Sqlite;

namespace Sweep.Client.Commands;

/// <summary><c>sweep run SPEC</c>: a new sweep, to its end, in this process.</summary>
internal static class RunCommand
{
    public static Command Create(Terminal terminal)
    {
        var spec = new Argument<string>("SPEC") { Description = "The sweep file (YAML or JSON)" };
        var name = new Option<string?>("--name")
        {
            Description = "The sweep's name; a taken one is an error. Without it the file's name is used, with -2, -3 … when taken",
            HelpName = "N",
        };
        var slots = SlotOption.Create();
        var command = new Command("run", "Run a new sweep to its end, in this process") { spec, name, slots };
        command.SetAction((parsed, _) => CommandHost.GuardAsync(
            () => RunAsync(terminal, parsed, parsed.GetValue(spec)!, parsed.GetValue(name), parsed.GetValue(slots))));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, ParseResult parsed, string path, string? fixedName, int slots)
    {
        var (spec, _, warnings) = SpecSource.Load(path);
        if (fixedName is not null && !SpecReader.IsName(fixedName))
        {
            Terminal.Error($"--name: '{fixedName}' is no name: {SpecReader.NameRule}");
            return ExitCodes.BadInput;
        }

        foreach (var warning in warnings)
        {
            Terminal.Say(warning.ToString());
        }

        var db = parsed.GetValue(GlobalOptions.Db)!;
        spec = await ResolveAsync(spec!, db);
        using var trainings = Trainings.Prepare(spec, Terminal.Say);
        var inputs = await trainings.LoadInputsAsync(CancellationToken.None);

        await using var store = await SqliteStore.OpenAsync(db, TimeProvider.System, CancellationToken.None);
        var created = await store.CreateSweepAsync(
            new NewSweep(
                fixedName ?? spec.Name, fixedName is not null, spec.Source, Path.GetFullPath(path), spec.Search.Seed, SweepSearch.SearchVersion,
                spec.Objectives[0].Goal == ObjectiveGoal.Maximize, inputs)
            {
                Placement = spec.Placement,
            },
            CancellationToken.None);
        if (created.Sweep is not { } sweep)
        {
            throw new SweepException(
                $"the name {fixedName} is taken in {db}. To go on with that sweep: sweep resume {fixedName}{SweepSession.DbOption(db)}");
        }

        return await SweepSession.RunAsync(terminal, store, sweep, spec!, trainings, slots, db, parsed.GetValue(GlobalOptions.Verbose));
    }

    /// <summary>Before anything is written: what stands for something in the store (<c>schedule: meta</c>, <c>warm_start</c>) is spelt out.</summary>
    private static async Task<SweepSpec> ResolveAsync(SweepSpec spec, string db)
    {
        if (spec.Meta is not { Schedule: null } && spec.Search.WarmStart is null)
        {
            return spec;
        }

        await using var store = File.Exists(db) ? await SqliteStore.OpenForReadingAsync(db, CancellationToken.None) : null;
        if (spec.Meta is { Schedule: null })
        {
            spec = await MetaSchedule.ResolveAsync(spec, store, TrainingCatalogue.Create(), CancellationToken.None);
            Terminal.Say(SpecText.Schedule(spec)!);
        }

        return await WarmStart.ResolveAsync(spec, store, SpecSource.Parse, CancellationToken.None);
    }
}
