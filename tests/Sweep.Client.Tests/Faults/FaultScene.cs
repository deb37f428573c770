using System.Diagnostics;
using System.Globalization;
using Sweep.Client.Tests.EndToEnd;
using Sweep.Search.Trials;
using Sweep.Store;
using Sweep.Store.Postgres;
using Sweep.Testing;

namespace Sweep.Client.Tests.Faults;

/// <summary>A sweep on real silos, in processes of their own, over a real store: the ground on which faults are made.</summary>
internal sealed class FaultScene : IAsyncDisposable
{
    /// <summary>Short, so that what waits for it does not take long; longer than any pause of a busy machine.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    private readonly List<SweepProcess> _processes = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly PostgresServer? _server;
    private readonly PostgresServer? _own;
    private TimeSpan _faultAt;
    private int _atFault;

    private FaultScene(StoreKind kind, PostgresServer? server, bool isOwn, string db)
    {
        (Kind, _server, Db) = (kind, server, db);
        _own = isOwn ? server : null;
        Proxy = server is null ? null : new TcpProxy(server.Port);
    }

    public StoreKind Kind { get; }

    /// <summary>How long anything that is waited for may take.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(4);

    public Workspace Workspace { get; } = new();

    /// <summary>The text of <c>--db</c>.</summary>
    public string Db { get; private set; }

    /// <summary>Stands before the server, for the silos that are started with it.</summary>
    public TcpProxy? Proxy { get; }

    public string DbBehindProxy => Server.Url(PostgresServer.NameOf(Db), Proxy!.Port);

    public PostgresServer Server => _server!;

    /// <summary>The store, as a bystander reads it.</summary>
    public IStore Store { get; private set; } = null!;

    public SweepRecord Sweep { get; private set; } = null!;

    /// <summary>Writes the sweep into a new store; with a server of its own for a fault of the server itself.</summary>
    public static async Task<FaultScene> CreateAsync(StoreKind kind, string spec, bool ownServer = false, string? folder = null)
    {
        var server = kind == StoreKind.Sqlite ? null : ownServer ? await PostgresServer.StartNewAsync() : await PostgresServer.Shared;
        var scene = new FaultScene(kind, server, ownServer, server is null ? "" : await server.CreateDatabaseAsync());
        if (server is null)
        {
            scene.Db = folder is null ? scene.Workspace.File("s.db") : Path.Combine(folder, "s.db");
        }
        else
        {
            await PostgresSchema.CreateAsync(scene.Db, default);
        }

        var submitted = await scene.Workspace.SweepAsync("submit", scene.Workspace.Write("spec.yaml", spec), "--db", scene.Db);
        Assert.True(submitted.ExitCode == 0, submitted.Errors);
        scene.Store = await Stores.OpenAsync(scene.Db, TimeProvider.System, default);
        scene.Sweep = (await scene.Store.FindSweepAsync(submitted.Output.Trim(), default))!;
        return scene;
    }

    /// <summary>What the sweep comes to when nobody disturbs it: in one process, on SQLite.</summary>
    public static async Task<string> UndisturbedAsync(string spec, int slots = 1)
    {
        await using var scene = await CreateAsync(StoreKind.Sqlite, spec);
        var silo = await scene.StartSiloAsync("alone", slots, "--until-idle");
        Assert.Equal(0, (await silo.EndAsync()).ExitCode);
        return await scene.TableAsync();
    }

    public async Task<SweepProcess> StartSiloAsync(string name, int slots = 1, params string[] options)
    {
        var silo = BeginSilo(name, slots, Db, options);
        await UntilRegisteredAsync(name);
        return silo;
    }

    /// <summary>The same behind the proxy.</summary>
    public async Task<SweepProcess> StartSiloBehindProxyAsync(string name)
    {
        var silo = BeginSilo(name, 1, DbBehindProxy);
        await UntilRegisteredAsync(name);
        return silo;
    }

    /// <summary>Starts a silo, which may or may not come to anything.</summary>
    public SweepProcess BeginSilo(string name, int slots, string db, params string[] options) => Start(
        ["silo", "--name", name, "--slots", slots.ToString(CultureInfo.InvariantCulture), "--lease", $"{Lease.TotalSeconds}s", "--db", db, "--verbose", .. options]);

    public Task UntilRegisteredAsync(string name) => UntilAsync(() => IsRegisteredAsync(name));

    public async Task<bool> IsRegisteredAsync(string name) => (await Store.ListSilosAsync(default)).Any(s => s.Silo.Name == name);

    public SweepProcess Start(params string[] arguments)
    {
        var process = Workspace.Start(arguments);
        _processes.Add(process);
        return process;
    }

    /// <summary>The incarnations that the store knows under a name.</summary>
    public async Task<IReadOnlyList<SiloRecord>> SilosAsync(string name) =>
        [.. (await Store.ListSilosAsync(default)).Select(s => s.Silo).Where(s => s.Name == name)];

    public async Task<SiloRecord?> OwnerAsync() => (await Store.FindSweepAsync(Sweep.Name, default))!.Owner;

    /// <summary>Waits until so many epochs are reported.</summary>
    public Task UntilEpochsAsync(int epochs) => UntilAsync(async () => await EpochsAsync() >= epochs);

    public Task UntilRunningOnAsync(string name) => UntilAsync(async () =>
    {
        var silos = (await SilosAsync(name)).Select(s => s.Incarnation).ToHashSet();
        return (await Store.ListRunningAsync(Sweep.Id, default)).Any(t => silos.Contains(t.Silo));
    });

    public Task UntilOverAsync() => UntilAsync(async () => (await Store.FindSweepAsync(Sweep.Name, default))!.State.IsOver());

    /// <summary>Looks at the store again and again, which other processes change.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timer = new PeriodicTimer(LookInterval);
        var begin = _watch.Elapsed;
        while (!await TryAsync(condition))
        {
            if (_watch.Elapsed - begin > Patience)
            {
                throw new TimeoutException($"it did not come to pass; the sweep: {await DescribeAsync()}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Notes the moment of the fault, and how far the sweep is.</summary>
    public async Task MarkFaultAsync() => (_faultAt, _atFault) = (_watch.Elapsed, await TryEpochsAsync());

    /// <summary>Waits until any trial is claimed after the fault, then for the end, and gives the table. A line for docs/reliability.md goes to the file that SWEEP_FAULT_LOG names.</summary>
    public async Task<string> FinishAsync(string fault)
    {
        // Not yet that of the victim's trials, where other silos live.
        var begun = DateTimeOffset.UtcNow;
        await UntilAsync(async () => (await Store.ListRunningAsync(Sweep.Id, default)).Any(t => t.ClaimedAt > begun) || (await Store.FindSweepAsync(Sweep.Name, default))!.State.IsOver());
        var seconds = (_watch.Elapsed - _faultAt).TotalSeconds;
        await UntilOverAsync();
        if (Environment.GetEnvironmentVariable("SWEEP_FAULT_LOG") is { Length: > 0 } log)
        {
            var again = await TrainedAgainAsync();
            await File.AppendAllTextAsync(log, string.Create(CultureInfo.InvariantCulture, $"{fault}\t{Kind}\t{seconds:F2}\t{again}\n"));
        }

        return await TableAsync();
    }

    /// <summary>Number, parameters, state, resource, values and, per step, metrics and learning rate: what the promise "same answer" is about.</summary>
    public async Task<string> TableAsync()
    {
        var lines = new List<string>();
        foreach (var trial in await Store.ListTrialsAsync(Sweep.Id, 0, int.MaxValue, default))
        {
            lines.Add($"{trial.Number}.{trial.Replicate} {trial.Parameters} {trial.State} {trial.Resource} {Numbers(trial.Values)} {Numbers(trial.TestMetrics?.Values ?? [])}");
            lines.AddRange((await Store.ListReportsAsync(trial.Id, default)).Select(
                r => string.Create(CultureInfo.InvariantCulture, $"  {r.Step} {Numbers(r.Values)} {Numbers(r.Metrics.Values)} {r.LearningRate:R}")));
        }

        return string.Join('\n', lines);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
        }

        await Store.DisposeAsync();
        if (Proxy is not null)
        {
            await Proxy.DisposeAsync();
        }

        if (_own is not null)
        {
            await _own.DisposeAsync();
        }
        else if (_server is not null)
        {
            await _server.DropDatabaseAsync(Db);
        }

        Workspace.Dispose();
    }

    private static string Numbers(IEnumerable<double?> values) => string.Join(' ', values.Select(v => v?.ToString("R", CultureInfo.InvariantCulture) ?? "-"));

    private async Task<int> EpochsAsync() => (await Store.ListTrialsAsync(Sweep.Id, 0, int.MaxValue, default)).Sum(t => t.Resource);

    private async Task<int> TryEpochsAsync()
    {
        try
        {
            return await EpochsAsync();
        }
        catch (StoreException)
        {
            return _atFault;
        }
    }

    /// <summary>Epochs that were reported, and dropped when the trial went on from a checkpoint before them.</summary>
    private async Task<int> TrainedAgainAsync()
    {
        var claims = (await Store.ListEventsAsync(Sweep.Id, int.MaxValue, default)).Where(e => e.Kind == "claimed");
        return claims.Sum(e => e.Text.Split(", ") is [_, _, var again] ? int.Parse(again.Split(' ')[0], CultureInfo.InvariantCulture) : 0);
    }

    private static async Task<bool> TryAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (StoreException)
        {
            // The server is down: that is what is being tested.
            return false;
        }
    }

    private async Task<string> DescribeAsync()
    {
        try
        {
            var summary = await Store.SummarizeAsync(Sweep.Id, default);
            return $"{summary.Sweep.State}, owner {summary.Sweep.Owner?.Name}, {string.Join(", ", summary.Counts.Select(c => $"{c.Value} {c.Key}"))}";
        }
        catch (StoreException e)
        {
            return e.Message;
        }
    }
}
