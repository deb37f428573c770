using Serilog.Core;
using Sweep.Grains.Spec;
using Sweep.Grains.Storage;
using Sweep.Grains.Trials;
using Sweep.Silo.Execution;
using Sweep.Silo.Hosting;
using Sweep.Silo.Storage.Sqlite;

namespace Sweep.Silo.Tests.Hosting;

/// <summary>When a silo ends.</summary>
public sealed class SiloTests : IAsyncLifetime
{
    private const string Spec = """
        name: end
        task: { dataset: fashion-mnist, model: mlp, epochs: 1 }
        objective: { metric: val_accuracy, goal: maximize }
        search: { sampler: random, trials: 1, seed: 5 }
        parameters: { optimizer: sgd, lr: 0.1 }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("sweep-silo-").FullName;
    private SqliteStore _store = null!;

    public async Task InitializeAsync() => _store = await SqliteStore.OpenAsync(Path.Combine(_folder, "s.db"), TimeProvider.System, default);

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The moment at which a sweep is ready is moved in small steps through the first look at it.</summary>
    [Fact]
    public async Task UntilIdle_SweepThatIsBeingMadeReady_IsWorkedOn()
    {
        var spec = SpecReader.Read(Spec, "end.yaml", TrainingCatalogue.Create()).Spec!;
        for (var moment = 0; moment < 150; moment++)
        {
            var sweep = (await _store.CreateSweepAsync(
                new NewSweep($"end-{moment}", false, Spec, "end.yaml", 5, 1, true, new Dictionary<string, string>()), default)).Sweep!;
            var preparer = new SlowPreparer(new SweepWork(sweep, spec, new FunctionTrainings((_, _) => 0.5), "profile"), moment * 10);

            await new Silo.Hosting.Silo(_store, preparer, new SiloOptions(1) { UntilIdle = true }, TimeProvider.System, Logger.None).RunAsync(default);

            Assert.Equal(SweepState.Completed, (await _store.FindSweepAsync(sweep.Name, default))!.State);
        }
    }

    private sealed class SlowPreparer(SweepWork work, int spins) : ISweepPreparer
    {
        public Task<SweepWork> PrepareAsync(SweepRecord sweep, CancellationToken cancellationToken) => Task.Run(
            () =>
            {
                Thread.SpinWait(spins);
                return work;
            },
            cancellationToken);

        public void Release(SweepWork work)
        {
        }
    }
}
