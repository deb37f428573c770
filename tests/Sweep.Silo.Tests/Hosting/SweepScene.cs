using Serilog.Core;
using Sweep.Grains;
using Sweep.Search.Spec;
using Sweep.Silo.Execution;
using Sweep.Silo.Hosting;
using Sweep.Store;
using Sweep.Store.Processes;
using Sweep.Store.Sqlite;

namespace Sweep.Silo.Tests.Hosting;

/// <summary>A real SQLite store of a test's own, with what tests of whole sweeps do with it.</summary>
public abstract class SweepScene : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sweep-scene-").FullName;
    private SqliteStore? _store;

    public IStore Store => _store!;

    public string StoreFile => Path.Combine(_folder, "s.db");

    public async Task InitializeAsync() => _store = await SqliteStore.OpenAsync(StoreFile, TimeProvider.System, default);

    public async Task DisposeAsync()
    {
        await _store!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected static SpecResult Parse(string text, string file = "spec.yaml") => SpecReader.Read(text, file, TrainingCatalogue.Create());

    protected async Task<(SweepRecord Sweep, SweepSpec Spec)> CreateAsync(string text)
    {
        var spec = Parse(text).Spec!;
        var created = await Store.CreateSweepAsync(
            new NewSweep(spec.Name, false, spec.Source, "spec.yaml", spec.Search.Seed, 1, true, new Dictionary<string, string>()), default);
        return (created.Sweep!, spec);
    }

    protected async Task<SiloRecord> RegisterAsync(int slots = 1)
    {
        var silo = new SiloRecord(Guid.NewGuid(), "test", ProcessIdentities.Current(), slots);
        await Store.RegisterSiloAsync(silo, default);
        return silo;
    }

    protected Task<RunOutcome> RunAsync(SweepRecord sweep, SweepSpec spec, int slots, ITrainingFactory trainings, CancellationToken stop = default) =>
        new EmbeddedSilo(Store, new SweepWork(sweep, spec, trainings, "profile"), slots, TimeProvider.System, Logger.None).RunAsync(stop);

    /// <summary>All that a sweep found, to the last bit.</summary>
    protected async Task<string> TableAsync(SweepRecord sweep)
    {
        var lines = new List<string>();
        foreach (var trial in await Store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, default))
        {
            lines.Add($"{trial.Number} {trial.Parameters} {trial.State} {trial.Resource} {string.Join(' ', trial.Values.Select(v => $"{v:R}"))}");
            lines.AddRange((await Store.ListReportsAsync(trial.Id, default)).Select(r => $"  {r.Step} {r.Values[0]:R} {r.LearningRate:R}"));
        }

        return string.Join('\n', lines);
    }
}
