using System.CommandLine;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Sweep.Client.Interaction;
using Sweep.Grains;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Silo.Storage.Sqlite;

namespace Sweep.Client.Commands;

/// <summary>What commands share: opening the store, finding a sweep in it, and turning errors into exit codes.</summary>
internal static class CommandHost
{
    /// <summary>Runs a command's work; every error that is the user's to mend becomes one line and an exit code.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (BadSpecException e)
        {
            foreach (var error in e.Errors)
            {
                Terminal.Say(error.ToString());
            }

            Terminal.Error(e.Message);
            return ExitCodes.BadInput;
        }
        catch (NotFoundException e)
        {
            Terminal.Error(e.Message);
            return ExitCodes.NotFound;
        }
        catch (SweepException e)
        {
            Terminal.Error(e.Message);
            return ExitCodes.Failure;
        }
    }

    /// <summary>Runs a command that only reads an existing store.</summary>
    public static Task<int> ReadAsync(ParseResult parsed, Func<SqliteStore, Task<int>> work) => GuardAsync(async () =>
    {
        await using var store = await SqliteStore.OpenForReadingAsync(parsed.GetValue(GlobalOptions.Db)!, CancellationToken.None);
        return await work(store);
    });

    /// <summary>The sweep of that name, with its spec.</summary>
    public static async Task<(SweepRecord Sweep, SweepSpec Spec)> FindAsync(
        ISweepStore store, string name, string db, CancellationToken cancellationToken)
    {
        var sweep = await store.FindSweepAsync(name, cancellationToken);
        if (sweep is null)
        {
            var names = (await store.ListSweepsAsync(cancellationToken)).Select(s => s.Sweep.Name).ToList();
            throw new NotFoundException(names.Count == 0
                ? $"there is no sweep {name} in {db}: it holds none"
                : $"there is no sweep {name} in {db}: it holds {string.Join(", ", names.Take(10))}{(names.Count > 10 ? " …" : "")}");
        }

        return (sweep, SpecSource.Parse(sweep.SpecText, sweep.SpecFile).Spec!.Extended(sweep.More));
    }

    /// <summary>A store that a command writes to: it has to exist, and to hold the sweep.</summary>
    public static async Task<SqliteStore> OpenForWritingAsync(string db, string name, CancellationToken cancellationToken)
    {
        await using (var reading = await SqliteStore.OpenForReadingAsync(db, cancellationToken))
        {
            await FindAsync(reading, name, db, cancellationToken);
        }

        return await SqliteStore.OpenAsync(db, TimeProvider.System, cancellationToken);
    }

    /// <summary>The log: a file beside the database, and standard error when asked.</summary>
    public static Logger OpenLog(string db, bool verbose)
    {
        var configuration = new LoggerConfiguration()
            .MinimumLevel.Information()
            .WriteTo.File(
                Path.ChangeExtension(db, ".log"),
                outputTemplate: "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {Message:lj}{NewLine}{Exception}",
                shared: true);
        if (verbose)
        {
            configuration.WriteTo.Console(
                outputTemplate: "{Level:u3} {Message:lj}{NewLine}{Exception}",
                standardErrorFromLevel: LogEventLevel.Verbose);
        }

        return configuration.CreateLogger();
    }
}
