using System.Globalization;
using Serilog.Core;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Silo.Execution;
using Sweep.Silo.Hosting;
using Sweep.Store;
using Sweep.Store.Postgres;

namespace Sweep.Bench.Orchestration;

/// <summary>Silos that are there, and who gives them sweeps: the time from a sweep's submission to its end.</summary>
internal static class Fleet
{
    // Seldom: who watches must not take much of what is measured.
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

    /// <summary>Works as a silo, which says ready when the store knows it, until standard input is closed.</summary>
    public static async Task<int> WorkAsync(string db, SiloOptions options)
    {
        await using var store = await Stores.OpenAsync(db, TimeProvider.System, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var working = new Sweep.Silo.Hosting.Silo(store, new StoredSweeps(_ => { }), options, TimeProvider.System, Logger.None).RunAsync(stop.Token);
        while (!(await store.ListSilosAsync(CancellationToken.None)).Any(standing => standing.Silo.Name == options.Name))
        {
            await Task.Delay(Glance);
        }

        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await stop.CancelAsync();
        await working;
        return 0;
    }

    /// <summary>
    /// Creates the store, says ready, then submits the sweep of each file that it reads the name of, and prints the seconds until it is over, by the
    /// clock of the store.
    /// </summary>
    public static async Task<int> LeadAsync(string db)
    {
        if (Stores.IsPostgres(db))
        {
            await PostgresSchema.CreateAsync(db, CancellationToken.None);
        }

        await using var store = await Stores.OpenAsync(db, TimeProvider.System, CancellationToken.None);
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } file)
        {
            var sweep = await ReadAsync(await File.ReadAllTextAsync(file));
            var created = (await store.CreateSweepAsync(sweep, CancellationToken.None)).Sweep!;
            await store.HintAsync(new StoreHint(StoreHintKind.Command, created.Id), CancellationToken.None);
            DateTimeOffset? end;
            while ((end = (await store.FindSweepAsync(sweep.Name, CancellationToken.None))!.FinishedAt) is null)
            {
                await Task.Delay(Glance);
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(end.Value - created.CreatedAt).TotalSeconds:F3}"));
        }

        return 0;
    }

    /// <summary>Makes a spec ready to be submitted.</summary>
    public static async Task<NewSweep> ReadAsync(string text)
    {
        var result = SpecReader.Read(text, "bench.yaml", TaskCatalogues.Create);
        var spec = result.Spec ?? throw new InvalidOperationException(string.Join('\n', result.Errors));
        using var trainings = Trainings.Prepare(spec, _ => { });
        return new NewSweep(
            spec.Name, true, text, "bench.yaml", spec.Search.Seed, SweepSearch.SearchVersion,
            spec.Objectives[0].Goal == ObjectiveGoal.Maximize, await trainings.LoadInputsAsync(CancellationToken.None)) { Placement = spec.Placement };
    }
}
