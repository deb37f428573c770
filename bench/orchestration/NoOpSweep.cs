using System.Diagnostics;
using System.Globalization;
using Serilog.Core;
using Sweep.Grains.Search;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Silo.Execution;
using Sweep.Silo.Hosting;
using Sweep.Silo.Storage;
using Sweep.Silo.Storage.Postgres;

namespace Sweep.Bench.Orchestration;

/// <summary>A sweep whose trials cost nothing, so that what is left is the orchestration: ten parameters drawn at random, reports written, ends ranked.</summary>
internal static class NoOpSweep
{
    /// <summary>Writes the sweep; with PostgreSQL, into a database that may be empty.</summary>
    public static Task<int> SubmitAsync(string db, int trials, int epochs)
    {
        var parameters = string.Join(", ", Enumerable.Range(0, 10).Select(i => $"x{i}: {{ min: -5.0, max: 5.0 }}"));
        return SubmitAsync(db, string.Create(CultureInfo.InvariantCulture, $$"""
            name: noop
            task: { function: sphere, dimensions: 10, epochs: {{epochs}} }
            objective: { metric: value, goal: minimize }
            search: { sampler: random, trials: {{trials}}, seed: 1 }
            parameters: { {{parameters}} }
            """));
    }

    /// <summary>The same with another sweep.</summary>
    public static async Task<int> SubmitAsync(string db, string text)
    {
        var result = SpecReader.Read(text, "noop.yaml", TaskCatalogues.Create);
        var spec = result.Spec ?? throw new InvalidOperationException(string.Join('\n', result.Errors));
        if (Stores.IsPostgres(db))
        {
            await PostgresSchema.CreateAsync(db, CancellationToken.None);
        }

        await using var store = await Stores.OpenAsync(db, TimeProvider.System, CancellationToken.None);
        using var trainings = Trainings.Prepare(spec, _ => { });
        await store.CreateSweepAsync(
            new NewSweep(
                spec.Name, true, text, "noop.yaml", spec.Search.Seed, SweepSearch.SearchVersion,
                spec.Objectives[0].Goal == ObjectiveGoal.Maximize, await trainings.LoadInputsAsync(CancellationToken.None)),
            CancellationToken.None);
        return 0;
    }

    /// <summary>Works as a silo from the line it reads until nothing is left; prints the seconds it took and the trials it ran.</summary>
    public static async Task<int> WorkAsync(string db, int slots)
    {
        await using var store = await Stores.OpenAsync(db, TimeProvider.System, CancellationToken.None);
        Console.WriteLine("ready");
        await Console.In.ReadLineAsync();
        var watch = Stopwatch.StartNew();
        var silo = new Sweep.Silo.Hosting.Silo(
            store, new StoredSweeps(_ => { }), new SiloOptions(slots) { UntilIdle = true }, TimeProvider.System, Logger.None);
        await silo.RunAsync(CancellationToken.None);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:F3}"));
        return 0;
    }
}
