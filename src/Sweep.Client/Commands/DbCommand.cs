using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Client.Rendering;
using Sweep.Search;
using Sweep.Store;

namespace Sweep.Client.Commands;

/// <summary><c>sweep db init|upgrade|check|export|import</c>: commands on the store itself.</summary>
internal static class DbCommand
{
    public static Command Create() => new("db", "Create, upgrade or check a store, or move sweeps to another")
    {
        CreateInit(), CreateUpgrade(), CreateCheck(), CreateExport(), CreateImport(),
    };

    private static Command CreateInit()
    {
        var command = new Command("init", "Create a store: the schema in an existing PostgreSQL database, or a SQLite file");
        command.SetAction((parsed, cancellationToken) => CommandHost.GuardAsync(async () =>
        {
            var db = CommandHost.Db(parsed);
            Terminal.Info(await CommandHost.CreateAsync(db, cancellationToken)
                ? $"{StoreName.Of(db)}: the store is created"
                : $"{StoreName.Of(db)}: the store exists already, nothing was changed");
            return ExitCodes.Success;
        }));
        return command;
    }

    private static Command CreateUpgrade()
    {
        var command = new Command("upgrade", "Upgrade a store of an older version; fails while a silo is alive");
        command.SetAction((parsed, cancellationToken) => CommandHost.GuardAsync(async () =>
        {
            var db = CommandHost.Db(parsed);
            Terminal.Info(await CommandHost.UpgradeAsync(db, cancellationToken)
                ? $"{StoreName.Of(db)}: the store is upgraded"
                : $"{StoreName.Of(db)}: the store is up to date, nothing was changed");
            return ExitCodes.Success;
        }));
        return command;
    }

    private static Command CreateCheck()
    {
        var command = new Command("check", "Check the store for inconsistencies; prints each one and changes nothing");
        command.SetAction((parsed, cancellationToken) => CommandHost.ShowAsync(parsed, async store =>
        {
            var wrong = await StoreTransfer.CheckAsync(store, cancellationToken);
            foreach (var line in wrong)
            {
                Terminal.Print(line);
            }

            Terminal.Info(wrong.Count == 0 ? "the store is consistent" : $"{(wrong.Count == 1 ? "1 error" : $"{wrong.Count} errors")} in {StoreName.Of(CommandHost.Db(parsed))}");
            return wrong.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
        }));
        return command;
    }

    private static Command CreateExport()
    {
        var file = new Argument<string>("FILE") { Description = "The file to write" };
        var name = new Option<string?>("--sweep") { Description = "Only this sweep", HelpName = "SWEEP" };
        var command = new Command("export", "Write the sweeps to a file that any store can import; fails while a silo runs their trials") { file, name };
        command.SetAction((parsed, cancellationToken) => CommandHost.ReadAsync(parsed, async store =>
        {
            SweepRecord? one = null;
            if (parsed.GetValue(name) is { } only)
            {
                (one, _) = await CommandHost.FindAsync(store, only, CommandHost.Db(parsed), cancellationToken);
            }

            await RequireNothingRunsAsync(store, one?.Id, cancellationToken);
            Report("exported", await StoreTransfer.ExportAsync(store, parsed.GetValue(file)!, one?.Name, cancellationToken));
            return ExitCodes.Success;
        }));
        return command;
    }

    private static Command CreateImport()
    {
        var file = new Argument<string>("FILE") { Description = "A file that sweep db export wrote" };
        var command = new Command("import", "Import the sweeps of a file into the store: all of them, or none if one of the names is in use") { file };
        command.SetAction((parsed, cancellationToken) => CommandHost.GuardAsync(async () =>
        {
            if (!File.Exists(parsed.GetValue(file)))
            {
                throw new NotFoundException($"{parsed.GetValue(file)}: there is no such file");
            }

            await using var store = await CommandHost.OpenAsync(CommandHost.Db(parsed), cancellationToken);
            Report("imported", await StoreTransfer.ImportAsync(store, parsed.GetValue(file)!, cancellationToken));
            await store.HintAsync(new StoreHint(StoreHintKind.Command, null), cancellationToken);
            return ExitCodes.Success;
        }));
        return command;
    }

    private static void Report(string done, IReadOnlyList<string> names) =>
        Terminal.Info($"{done} {(names.Count == 1 ? "1 sweep" : $"{names.Count} sweeps")}{(names.Count is > 0 and <= 10 ? ": " + string.Join(", ", names) : "")}");

    /// <summary>The results of running trials are not in the store yet, so an export would miss them.</summary>
    private static async Task RequireNothingRunsAsync(IStore store, long? sweepId, CancellationToken cancellationToken)
    {
        var running = await store.ListRunningAsync(sweepId, cancellationToken);
        var live = (await SiloHealthCheck.ListLiveAsync(store, cancellationToken)).ToDictionary(silo => silo.Incarnation);
        if (running.FirstOrDefault(trial => live.ContainsKey(trial.Silo)) is { } busy)
        {
            throw new SweepException($"silo {live[busy.Silo].Name} runs trials of sweep {busy.Sweep}: pause it first, sweep pause {busy.Sweep}");
        }
    }
}
