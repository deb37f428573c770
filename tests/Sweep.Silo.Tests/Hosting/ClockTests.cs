using Serilog.Core;
using Sweep.Search.Spec;
using Sweep.Silo.Execution;
using Sweep.Silo.Hosting;
using Sweep.Store;
using Sweep.Store.Sqlite;
using Sweep.Testing.Stores;

namespace Sweep.Silo.Tests.Hosting;

/// <summary>Wall clocks of silos have no say: two that are an hour apart share a sweep as if they agreed.</summary>
public sealed class ClockTests
{
    private const string Spec = """
        name: clocks
        task: { dataset: fashion-mnist, model: mlp, epochs: 9 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: random, trials: 27, seed: 5, pruner: { type: asha, min_resource: 1, reduction_factor: 3 } }
        parameters: { optimizer: sgd, lr: { min: 0.001, max: 1.0, distribution: log_uniform } }
        """;

    [Fact]
    public async Task TwoSilos_AnHourApart_SameTableOnSqlite()
    {
        var folder = Directory.CreateTempSubdirectory("sweep-clocks-");
        try
        {
            await using var store = await SqliteStore.OpenAsync(Path.Combine(folder.FullName, "s.db"), TimeProvider.System, default);
            await SameAsync(store);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task TwoSilos_AnHourApart_SameTableOnPostgres()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var store = await database.OpenAsync();
        await SameAsync(store);
    }

    private static async Task SameAsync(IStore store)
    {
        var alone = await RunAsync(store, TimeProvider.System);
        var apart = await RunAsync(store, new WrongClock(TimeSpan.FromHours(1)), new WrongClock(TimeSpan.FromHours(-1)));
        Assert.Equal(alone, apart);
        Assert.Empty(await store.ListSilosAsync(default));
    }

    private static async Task<string> RunAsync(IStore store, params TimeProvider[] clocks)
    {
        var spec = SpecReader.Read(Spec, "clocks.yaml", TrainingCatalogue.Create()).Spec!;
        var sweep = (await store.CreateSweepAsync(new NewSweep(spec.Name, false, Spec, "clocks.yaml", 5, 1, true, new Dictionary<string, string>()), default)).Sweep!;
        await Task.WhenAll(clocks.Select(clock =>
        {
            var trainings = new FunctionTrainings((x, epoch) => 1 - (Math.Abs(Math.Log10(x) + 1.5) / 3) - (1.0 / (epoch + 1)));
            var silo = new Silo.Hosting.Silo(
                store, new PreparedSweep(new SweepWork(sweep, spec, trainings, "profile")), new SiloOptions(2) { UntilIdle = true }, clock, Logger.None);
            return silo.RunAsync(default);
        }));

        var trials = await store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, default);
        Assert.Equal(27, trials.Count);
        return string.Join('\n', trials.Select(t => $"{t.Number} {t.Parameters} {t.State} {t.Resource} {string.Join(' ', t.Values.Select(v => $"{v:R}"))}"));
    }
}
