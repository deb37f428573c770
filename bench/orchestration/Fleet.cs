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
    public static Task<int> SubmitAsync(string db, string name, int trials, int epochs)
    {
        var parameters = string.Join(", ", Enumerable.Range(0, 10).Select(i => $"x{i}: {{ min: -5.0, max: 5.0 }}"));
        return SubmitAsync(db, string.Create(CultureInfo.InvariantCulture, $$"""
            name: {{name}}
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

    /// <summary>
    /// Works as a silo until nothing is left, says ready, and works once more from the line it reads; prints the seconds that took. The first time warms up
    /// what runs for the first time, as in a silo that has been there for a while.
    /// </summary>
    public static async Task<int> WorkAsync(string db, int slots)
    {
        await using var store = await Stores.OpenAsync(db, TimeProvider.System, CancellationToken.None);
        await RunAsync(store, slots);
        Console.WriteLine("ready");
        await Console.In.ReadLineAsync();
        var watch = Stopwatch.StartNew();
        await RunAsync(store, slots);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed.TotalSeconds:F3}"));
        return 0;
    }

    private static Task<SiloExit> RunAsync(IStore store, int slots) => new Sweep.Silo.Hosting.Silo(
        store, new StoredSweeps(_ => { }), new SiloOptions(slots) { UntilIdle = true }, TimeProvider.System, Logger.None).RunAsync(CancellationToken.None);
}
