using System.Globalization;
using Sweep.Search.Runs;
using Sweep.Search.Spec;
using Sweep.Search.Trials;
using Sweep.Silo.Execution;
using Sweep.Store;
using Sweep.Testing.Stores;

namespace Sweep.Silo.Tests.Hosting;

/// <summary>A trial that kills its silo, in processes that really die; a new one is started each time, as a service manager would.</summary>
public sealed class PoisonTests : IDisposable
{
    private const int Killer = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("sweep-test-").FullName;

    public static TheoryData<string> Kinds => ["sqlite", "postgres"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task TrialThatKillsItsSilo_RunsAlone_ThenIsSetAside_AndTheSweepCompletes(string kind)
    {
        await using var scene = await Scene.CreateAsync(_folder, kind, poisonAfter: 4);

        var lives = await scene.RunAsync(Killer, after: 0, lives: int.MaxValue);

        Assert.Equal(5, lives.Count);
        var starts = lives.SelectMany(life => life).ToList();
        Assert.Equal([0, 1, 2, 3], starts.Where(s => s.Number == Killer).Select(s => s.Deaths));
        Assert.All(starts.Where(s => s.Deaths >= SweepPlacement.SuspectAfter), s => Assert.Empty(s.Beside));

        // Nothing is started beside it, either.
        Assert.All(lives.Where(life => life.Any(s => s.Number == Killer && s.Deaths >= SweepPlacement.SuspectAfter)), life => Assert.Equal(Killer, life[^1].Number));

        var poisoned = await scene.TrialAsync(Killer);
        Assert.Equal((TrialState.Poisoned, 4), (poisoned.State, poisoned.Deaths));
        Assert.StartsWith("its silo died 4 times while it ran, without progress between: ", poisoned.Reason, StringComparison.Ordinal);
        Assert.Equal(
            ["rescued", "claimed", "rescued", "claimed", "rescued", "claimed", "poisoned"],
            (await scene.EventsAsync(Killer)).Where(kind => kind is "claimed" or "rescued" or "poisoned"));
        Assert.Equal(SweepState.Completed, await scene.StateAsync());
        Assert.Equal(await UndisturbedAsync(without: Killer), await scene.TableAsync(without: Killer));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task PoisonAfterZero_IsNeverSetAside(string kind)
    {
        await using var scene = await Scene.CreateAsync(_folder, kind, poisonAfter: 0);

        var lives = await scene.RunAsync(Killer, after: 0, lives: 7);

        Assert.Equal(Enumerable.Range(0, 8), lives.SelectMany(life => life).Where(s => s.Number == Killer).Select(s => s.Deaths));
        Assert.Equal(await UndisturbedAsync(without: null), await scene.TableAsync(without: null));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task DeathsWithProgressBetween_DoNotCount(string kind)
    {
        await using var scene = await Scene.CreateAsync(_folder, kind, poisonAfter: 2);

        // It hands over a second checkpoint each time, which waits until the first is durable.
        var lives = await scene.RunAsync(Killer, after: 2, lives: 3);

        Assert.Equal([0, 0, 0, 0], lives.SelectMany(life => life).Where(s => s.Number == Killer).Select(s => s.Deaths));
        Assert.Equal(0, (await scene.TrialAsync(Killer)).Deaths);
        Assert.Equal(await UndisturbedAsync(without: null), await scene.TableAsync(without: null));
    }

    private async Task<string> UndisturbedAsync(int? without)
    {
        await using var scene = await Scene.CreateAsync(Directory.CreateDirectory(Path.Combine(_folder, "undisturbed")).FullName, "sqlite", poisonAfter: 1);
        Assert.Single(await scene.RunAsync(killer: -1, after: 0, lives: 0));
        return await scene.TableAsync(without);
    }

    /// <summary>A trial begins in a silo.</summary>
    /// <param name="Number">Of the trial.</param>
    /// <param name="Deaths">Proved deaths of its silos before.</param>
    /// <param name="Beside">What ran there at that moment.</param>
    private sealed record Start(int Number, int Deaths, IReadOnlyList<int> Beside)
    {
        // trial NUMBER deaths COUNT beside NUMBERS
        public static Start Parse(string line)
        {
            var words = line.Split(' ');
            int Word(int i) => int.Parse(words[i], CultureInfo.InvariantCulture);
            return new Start(Word(1), Word(3), [.. Enumerable.Range(5, words.Length - 5).Select(Word)]);
        }
    }

    private sealed class Scene(IStore store, SweepRecord sweep, string db, PostgresDatabase? database) : IAsyncDisposable
    {
        public static async Task<Scene> CreateAsync(string folder, string kind, int poisonAfter)
        {
            var text = $$"""
                name: poison
                poison_after: {{poisonAfter}}
                checkpoint: { every: 1 }
                task: { function: curves, epochs: 9, sleep: 0.01 }
                objective: { metric: value, goal: minimize }
                search: { sampler: random, trials: 8, seed: 3 }
                parameters: { quality: { min: 0.0, max: 1.0 }, slowness: { min: 0.0, max: 1.0 } }
                """;
            var spec = SpecReader.Read(text, "poison.yaml", TaskCatalogues.Create).Spec!;
            var database = kind == "postgres" ? await PostgresDatabase.CreateAsync() : null;
            var db = database?.Url ?? Path.Combine(folder, "s.db");
            var store = await Stores.OpenAsync(db, TimeProvider.System, default);
            var created = await store.CreateSweepAsync(
                new NewSweep(spec.Name, true, text, "poison.yaml", spec.Search.Seed, SweepSearch.SearchVersion, false, new Dictionary<string, string>())
                {
                    Placement = spec.Placement,
                },
                default);
            Assert.NotNull(created);
            return new Scene(store, (await store.FindSweepAsync("poison", default))!, db, database);
        }

        /// <summary>One silo after another, until one lives to the end; what each of them began.</summary>
        public async Task<IReadOnlyList<IReadOnlyList<Start>>> RunAsync(int killer, int after, int lives)
        {
            var all = new List<IReadOnlyList<Start>>();
            while (true)
            {
                using var silo = ChildProcess.Start("silo", db, $"{killer}", $"{after}", $"{lives}");
                all.Add([.. (await silo.ReadLinesAsync()).Select(Start.Parse)]);
                await silo.EndAsync();
                if (silo.ExitCode == 0)
                {
                    return all;
                }

                Assert.Equal(128 + 9, silo.ExitCode);
            }
        }

        public async Task<TrialRecord> TrialAsync(int number) => (await store.FindTrialsAsync(sweep.Id, number, default))[0];

        public async Task<SweepState> StateAsync() => (await store.FindSweepAsync(sweep.Name, default))!.State;

        /// <summary>What happened to a trial, in order.</summary>
        public async Task<IEnumerable<string>> EventsAsync(int number) =>
            (await store.ListEventsAsync(sweep.Id, int.MaxValue, default)).Where(e => e.Trial == number).Select(e => e.Kind);

        public async Task<string> TableAsync(int? without)
        {
            var lines = new List<string>();
            foreach (var trial in (await store.ListTrialsAsync(sweep.Id, 0, int.MaxValue, default)).Where(t => t.Number != without))
            {
                lines.Add($"{trial.Number} {trial.Parameters} {trial.State} {trial.Resource}");
                lines.AddRange((await store.ListReportsAsync(trial.Id, default)).Select(
                    r => string.Create(CultureInfo.InvariantCulture, $"  {r.Step} {string.Join(' ', r.Values.Select(v => v?.ToString("R", CultureInfo.InvariantCulture)))}")));
            }

            return string.Join('\n', lines);
        }

        public async ValueTask DisposeAsync()
        {
            await store.DisposeAsync();
            if (database is not null)
            {
                await database.DisposeAsync();
            }
        }
    }
}
