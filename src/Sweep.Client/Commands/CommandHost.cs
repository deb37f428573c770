using System.CommandLine;
using Sweep.Client.Interaction;
using Sweep.Search;
using Sweep.Search.Spec;
using Sweep.Store;
using Sweep.Store.Postgres;

namespace Sweep.Client.Commands;

/// <summary>Shared code of commands: opens the store, finds a sweep, maps errors to exit codes.</summary>
internal static class CommandHost
{
    /// <summary>Runs a command; maps each <see cref="SweepException"/> to one line and an exit code.</summary>
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
                Terminal.Info(error.ToString());
            }

            Terminal.Error(e.Message);
            return ExitCodes.BadInput;
        }
        catch (BadDataException e)
        {
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

    /// <summary>Runs a command that only displays data; it fails if its output could not be written.</summary>
    public static Task<int> ShowAsync(Func<Task<int>> work) => GuardAsync(async () =>
        await work() is not ExitCodes.Success and var code ? code : Terminal.HasLostOutput ? ExitCodes.Failure : ExitCodes.Success);

    /// <summary>Runs a command that displays data of an existing store.</summary>
    public static Task<int> ShowAsync(ParseResult parsed, Func<IStore, Task<int>> work) => ShowAsync(() => OnStoreAsync(parsed, work));

    /// <summary>Runs a command that only reads an existing store.</summary>
    public static Task<int> ReadAsync(ParseResult parsed, Func<IStore, Task<int>> work) => GuardAsync(() => OnStoreAsync(parsed, work));

    private static async Task<int> OnStoreAsync(ParseResult parsed, Func<IStore, Task<int>> work)
    {
        await using var store = await OpenForReadingAsync(Db(parsed), CancellationToken.None);
        return await work(store);
    }

    /// <summary>Runs a command that changes a sweep. <paramref name="work"/> receives its current state; afterwards the silos are notified.</summary>
    public static Task<int> ChangeAsync(ParseResult parsed, string name, Func<IStore, SweepRecord, SweepSpec, Task<int>> work) => GuardAsync(async () =>
    {
        await using var store = await OpenForWritingAsync(Db(parsed), name, CancellationToken.None);
        var (sweep, spec) = await FindAsync(store, name, Db(parsed), CancellationToken.None);
        var code = await work(store, sweep, spec);
        await store.HintAsync(new StoreHint(StoreHintKind.Command, sweep.Id), CancellationToken.None);
        return code;
    });

    /// <summary>The store of the command.</summary>
    public static string Db(ParseResult parsed) => parsed.GetValue(GlobalOptions.Db)!;

    /// <summary>Opens a store for reading and writing; creates a SQLite file that does not exist.</summary>
    public static Task<IStore> OpenAsync(string db, CancellationToken cancellationToken) => Stores.OpenAsync(db, TimeProvider.System, cancellationToken);

    /// <summary>Opens an existing store for reading only.</summary>
    public static Task<IStore> OpenForReadingAsync(string db, CancellationToken cancellationToken) => Stores.OpenForReadingAsync(db, cancellationToken);

    /// <summary>Creates a store; false if it exists.</summary>
    public static async Task<bool> CreateAsync(string db, CancellationToken cancellationToken)
    {
        if (Stores.IsPostgres(db))
        {
            return await PostgresSchema.CreateAsync(db, cancellationToken);
        }

        if (MayExist(db) && new FileInfo(db).Length > 0)
        {
            await using var store = await OpenForReadingAsync(db, cancellationToken);
            return false;
        }

        await using var created = await OpenAsync(db, cancellationToken);
        return true;
    }

    /// <summary>Upgrades an older store; false if it is up to date. A SQLite file is upgraded whenever it is opened.</summary>
    public static async Task<bool> UpgradeAsync(string db, CancellationToken cancellationToken)
    {
        if (Stores.IsPostgres(db))
        {
            return await PostgresSchema.UpgradeAsync(db, cancellationToken);
        }

        await using var store = await OpenForReadingAsync(db, cancellationToken);
        return false;
    }

    /// <summary>Whether the store may exist, for commands that also work without one.</summary>
    public static bool MayExist(string db) => Stores.IsPostgres(db) || File.Exists(db);

    /// <summary>The sweep of this name and its spec.</summary>
    public static async Task<(SweepRecord Sweep, SweepSpec Spec)> FindAsync(
        ISweepStore store, string name, string db, CancellationToken cancellationToken)
    {
        var sweep = await store.FindSweepAsync(name, cancellationToken);
        if (sweep is null)
        {
            var names = (await store.ListSweepsAsync(cancellationToken)).Select(s => s.Sweep.Name).ToList();
            throw new NotFoundException(names.Count == 0
                ? $"there is no sweep {name} in {StoreName.Of(db)}: the store has no sweeps"
                : $"there is no sweep {name} in {StoreName.Of(db)}: its sweeps are {string.Join(", ", names.Take(10))}{(names.Count > 10 ? " …" : "")}");
        }

        return (sweep, SpecSource.Parse(sweep.SpecText, sweep.SpecFile).Spec!.Extended(sweep.More));
    }

    /// <summary>Opens an existing store that has the sweep, for writing.</summary>
    public static async Task<IStore> OpenForWritingAsync(string db, string name, CancellationToken cancellationToken)
    {
        await using (var reading = await OpenForReadingAsync(db, cancellationToken))
        {
            await FindAsync(reading, name, db, cancellationToken);
        }

        return await OpenAsync(db, cancellationToken);
    }
}
